import { inject } from '@adonisjs/core'
import { Settings } from '#core/contracts/settings'
import { Clock } from '#core/clock'
import { Money } from '#core/money/money'
import { formatMoney } from '#core/money/format_money'
import { readBetTerms } from '#markets/betting/bet_terms'
import { DESCRIPTION_MAX, TITLE_LENGTH } from '#markets/editing/market_input'
import type Market from '#markets/models/market'
import { PRICING_MODES } from '#markets/values'
import { percentText } from '#admin/markets/form/percent'
import { allCategories, categoryOptions } from '#admin/markets/page/categories'
import { localTimeOf } from '#admin/shared/local_time'

/** What the form of a market shows: a new one, or what there is. */
@inject()
export class MarketEditor {
  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  async of(market: Market | null, timeZone: string) {
    const terms = await readBetTerms(this.settings)
    return {
      ...{ market, pricings: PRICING_MODES, titleLength: TITLE_LENGTH, descriptionMax: DESCRIPTION_MAX },
      categories: categoryOptions(await allCategories(), market?.categoryId),
      earliest: localTimeOf(this.clock.now(), timeZone),
      endsAt: localTimeOf(market?.endsAt ?? null, timeZone),
      maxStake: amountText(market?.maxStake),
      exposureLimit: amountText(market?.exposureLimit),
      fee: typeof market?.feePoints === 'number' ? percentText(market.feePoints) : '',
      hasBets: market !== null && market.bets > 0,
      defaults: {
        maxStake: formatMoney(Money.of(terms.maxStake, 'PRED')),
        exposure: formatMoney(Money.of(terms.marketExposure, 'PRED')),
        fee: percentText(terms.feePoints),
      },
    }
  }
}

const amountText = (minor: bigint | null | undefined) =>
  typeof minor === 'bigint' ? formatMoney(Money.of(minor, 'PRED'), { currency: false }) : ''
