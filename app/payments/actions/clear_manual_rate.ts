import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import type { Currency } from '#core/money/currency'
import { ok, refuse, type Result } from '#core/result'
import ExchangeRate from '#payments/models/exchange_rate'
import { MANUAL } from '#payments/rates/rates'

/** Takes a rate back that was set by hand: the providers' hold again. Refuses `rate_not_found`. */
@inject()
export class ClearManualRate {
  constructor(private audit: Audit) {}

  handle({ base, quote, actor }: { base: Currency; quote: Currency; actor: Actor }): Promise<Result<void>> {
    return transaction(async (trx) => {
      const stored = await ExchangeRate.query({ client: trx }).where({ base, quote, source: MANUAL }).first()
      if (!stored) return refuse('rate_not_found')
      await stored.delete()
      const subject = { subjectType: 'exchange_rate', subjectId: `${base}/${quote}` }
      await this.audit.record(trx, {
        actor,
        action: 'exchange_rate.cleared',
        ...subject,
        before: { rate: stored.rate },
      })
      return ok()
    })
  }
}
