import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import type { Currency } from '#core/money/currency'
import { MAX_MINOR, Money } from '#core/money/money'
import type { Rounding } from '#core/money/rounding'
import { ok, refuse } from '#core/result'
import ExchangeRate from '#payments/models/exchange_rate'
import { exchange, inverse, product, ratioOf, type Ratio } from '#payments/rates/ratio'
import { rateMaxAgeMinutes } from '#payments/settings'

/** Pairs that nobody quotes are reached through it. */
const BRIDGE: Currency = 'USD'
/** Source of a rate that an admin has set. */
export const MANUAL = 'manual'

/** Exchange rates as stored: a manual one first while it lasts, else the newest of the providers, never an old one. */
@inject()
export class Rates {
  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  /** Refuses `rate_missing {pair}` or `rate_stale {pair, minutes}`, and `too_large` for a sum beyond our range. */
  async convert(money: Money, to: Currency, rounding: Rounding) {
    if (money.currency === to) return ok(money)
    const rate = await this.ratio(money.currency, to)
    if (!rate.ok) return rate
    const { numerator, denominator } = rate.value
    if ((money.minor * numerator) / denominator > MAX_MINOR) return refuse('too_large')
    return ok(exchange(money, to, rate.value, rounding))
  }

  /** For several sums, or for use in a transaction, before which it is asked. Refuses `rate_missing` or `rate_stale`. */
  async ratio(base: Currency, quote: Currency) {
    const rows = await ExchangeRate.query({ client: db.connection() })
    const maxAgeMs = (await this.settings.get(rateMaxAgeMinutes)) * 60_000
    const direct = this.#pair(rows, base, quote, maxAgeMs)
    if (direct.ratio) return ok(direct.ratio)
    const [first, second] = [this.#pair(rows, base, BRIDGE, maxAgeMs), this.#pair(rows, BRIDGE, quote, maxAgeMs)]
    if (first.ratio && second.ratio) return ok(product(first.ratio, second.ratio))
    const pair = `${base}/${quote}`
    const ages = [direct.age, first.age, second.age].filter((age) => age !== null)
    if (ages.length === 0) return refuse('rate_missing', { pair })
    return refuse('rate_stale', { pair, minutes: Math.floor(Math.max(...ages) / 60_000) })
  }

  #pair(rows: ExchangeRate[], base: Currency, quote: Currency, maxAgeMs: number) {
    const now = this.clock.now()
    const quoted = rows
      .filter((row) => (row.base === base && row.quote === quote) || (row.base === quote && row.quote === base))
      .sort((one, other) => this.#weight(other) - this.#weight(one))
    const usable = quoted.find((row) =>
      row.source === MANUAL ? now < row.expiresAt! : now - row.observedAt <= maxAgeMs
    )
    const age = quoted.length > 0 ? Math.min(...quoted.map(({ observedAt }) => now - observedAt)) : null
    return { ratio: usable ? this.#ratio(usable, base) : null, age }
  }

  #weight({ source, observedAt }: ExchangeRate) {
    return source === MANUAL ? Number.MAX_SAFE_INTEGER : observedAt
  }

  #ratio(row: ExchangeRate, base: Currency): Ratio | null {
    const ratio = ratioOf(row.rate)
    return ratio && (row.base === base ? ratio : inverse(ratio))
  }
}
