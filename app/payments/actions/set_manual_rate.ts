import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import type { Currency } from '#core/money/currency'
import { ok, refuse, type Result } from '#core/result'
import ExchangeRate from '#payments/models/exchange_rate'
import { MANUAL } from '#payments/rates/rates'
import { ratioOf } from '#payments/rates/ratio'
import { reasonOf } from '#payments/reason'

export const MOST_HOURS = 8760
const HOUR_MS = 3_600_000

export interface ManualRateInput {
  base: Currency
  quote: Currency
  /** Quote units for one base unit: `3.25`. */
  rate: string
  /** How long it stands in front of the providers' rates. */
  hours: number
  reason: string
  actor: Actor
}

/** Sets a rate by hand, for a while. Refuses `rate_invalid`, `rate_same_currency`, `rate_hours {max}`, `reason_required`. */
@inject()
export class SetManualRate {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ base, quote, rate: text, hours, reason: why, actor }: ManualRateInput): Promise<Result<ExchangeRate>> {
    const reason = reasonOf(why)
    if (!reason.ok) return reason
    if (base === quote) return refuse('rate_same_currency')
    const rate = text.trim()
    if (rate.length > 40 || !/^\d{1,12}(\.\d{1,18})?$/.test(rate) || !ratioOf(rate)) return refuse('rate_invalid')
    if (!Number.isSafeInteger(hours) || hours < 1 || hours > MOST_HOURS)
      return refuse('rate_hours', { max: MOST_HOURS })
    return transaction(async (trx) => {
      const now = this.clock.now()
      const where = { base, quote, source: MANUAL }
      const before = await ExchangeRate.query({ client: trx }).where(where).first()
      const values = { rate, observedAt: now, expiresAt: now + hours * HOUR_MS, setBy: actor.id, reason: reason.value }
      const stored = await ExchangeRate.updateOrCreate(where, values, { client: trx })
      await this.audit.record(trx, {
        actor,
        action: 'exchange_rate.set',
        subjectType: 'exchange_rate',
        subjectId: `${base}/${quote}`,
        before: before && { rate: before.rate },
        after: { rate, hours, reason: reason.value },
      })
      return ok(stored)
    })
  }
}
