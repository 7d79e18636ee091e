import edge from 'edge.js'
import type { ApplicationService } from '@adonisjs/core/types'
import { Settings } from '#core/contracts/settings'
import { readBrand } from '#admin/brand/brand'
import { brandSettings } from '#admin/brand/settings'
import { detailsText } from '#admin/health/detail_words'
import { icon } from '#admin/shared/icon'
import { amountParts, shownUsdt } from '#admin/shared/amounts'
import { chainIsOn, explorerUrl, shownCoins, shownEther, shownGwei, shortened } from '#admin/shared/chain_values'
import { marketsAreOn } from '#admin/markets/page/markets_are_on'
import { labelCells } from '#admin/shared/label_cells'
import { rawText } from '#admin/shared/raw_text'
import { toneOfState } from '#admin/shared/states'
import { reasonText } from '#admin/shared/words'
import { formatCount, formatDuration, formatNumber } from '#admin/shared/format'
import { boxMarker, fieldAttributes, fieldChecked, fieldError, fieldValue } from '#admin/shared/fields'

/** Helpers of the templates that need neither request nor admin: see `resources/views/components/README.md`. */
export default class PanelProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const settings = await this.app.container.make(Settings)
    settings.register(brandSettings)
    this.#addHelpers()
  }

  #addHelpers() {
    const { safe } = edge.globals.html
    edge.global('icon', (name: string, className?: string) => safe(icon(name, className)))
    edge.global('brand', readBrand)
    edge.global('number', formatNumber)
    edge.global('count', formatCount)
    edge.global('duration', formatDuration)
    edge.global('amountParts', amountParts)
    edge.global('usdt', shownUsdt)
    edge.global('chainIsOn', chainIsOn)
    edge.global('explorerUrl', explorerUrl)
    edge.global('marketsAreOn', marketsAreOn)
    edge.global('reasonText', reasonText)
    edge.global('shortened', shortened)
    edge.global('coins', shownCoins)
    edge.global('ether', shownEther)
    edge.global('gwei', shownGwei)
    edge.global('labelCells', labelCells)
    edge.global('detailsText', detailsText)
    edge.global('rawText', rawText)
    edge.global('stateTone', toneOfState)
    edge.global('fieldError', fieldError)
    edge.global('fieldValue', fieldValue)
    edge.global('fieldChecked', fieldChecked)
    edge.global('boxMarker', boxMarker)
    edge.global('fieldAttributes', (...args: Parameters<typeof fieldAttributes>) => safe(fieldAttributes(...args)))
  }
}
