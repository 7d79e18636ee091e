import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import type { Currency } from '#core/money/currency'
import ExchangeRate from '#payments/models/exchange_rate'
import { MANUAL } from '#payments/rates/rates'
import { rateMaxAgeMinutes } from '#payments/settings'

export interface RateRow {
  base: Currency
  quote: Currency
  rate: string
  source: string
  observedAt: number
  /** Of a manual rate. */
  expiresAt: number | null
  reason: string | null
  /** Too old, or its time is over: not used. */
  isStale: boolean
}

/** Every stored rate; a manual one stands in front of the providers' of the same pair. */
@inject()
export class RatesQuery {
  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  async run(): Promise<RateRow[]> {
    const [now, minutes] = [this.clock.now(), await this.settings.get(rateMaxAgeMinutes)]
    const rows = await ExchangeRate.query().orderBy('base').orderBy('quote').orderBy('source', 'desc')
    return rows
      .map(({ base, quote, rate, source, observedAt, expiresAt, reason }) => {
        const isStale = source === MANUAL ? now >= expiresAt! : now - observedAt > minutes * 60_000
        return { base, quote, rate, source, observedAt, expiresAt, reason, isStale }
      })
      .sort((one, other) => Number(other.source === MANUAL) - Number(one.source === MANUAL))
  }
}
