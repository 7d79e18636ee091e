import edge from 'edge.js'
import type { ApplicationService } from '@adonisjs/core/types'
import { icon } from '#admin/shared/icon'
import { formatCount, formatDuration, formatNumber } from '#admin/shared/format'
import { boxMarker, fieldAttributes, fieldChecked, fieldError, fieldValue } from '#admin/shared/fields'

/** Helpers of the templates that need neither request nor admin: see `resources/views/components/README.md`. */
export default class PanelProvider {
  constructor(protected app: ApplicationService) {}

  boot() {
    const { safe } = edge.globals.html
    edge.global('icon', (name: string, className?: string) => safe(icon(name, className)))
    edge.global('number', formatNumber)
    edge.global('count', formatCount)
    edge.global('duration', formatDuration)
    edge.global('fieldError', fieldError)
    edge.global('fieldValue', fieldValue)
    edge.global('fieldChecked', fieldChecked)
    edge.global('boxMarker', boxMarker)
    edge.global('fieldAttributes', (...args: Parameters<typeof fieldAttributes>) => safe(fieldAttributes(...args)))
  }
}
