import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { ok, refuse } from '#core/result'
import StarPackage from '#stars/models/star_package'
import StarPackagePrice from '#stars/models/star_package_price'
import { faultOfPrice } from '#stars/packages/package_input'
import { pricesAt } from '#stars/packages/prices'
import type { PriceCurrency } from '#stars/values'

export interface SchedulePriceInput {
  packageId: number
  currency: PriceCurrency
  /** Null: from then on it follows the price in TON by the exchange rate. */
  price: Money | null
  /** Epoch milliseconds; null for now. */
  validFrom: number | null
  actor: Actor
}

/**
 * Adds a line to the price history. Of several lines the one that becomes valid last holds, and of two for the same
 * moment the later written; so a planned price is taken back by planning the old one for the same moment. Refuses
 * with `package_not_found`, `package_archived`, `past_date`, `currency_not_priced`, `ton_price_required`,
 * `price_currency_differs` or `price_not_positive`.
 */
@inject()
export class SchedulePrice {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ packageId, currency, price, validFrom, actor }: SchedulePriceInput) {
    const fault = faultOfPrice(currency, price)
    if (fault) return fault

    return transaction(async (trx) => {
      const now = this.clock.now()
      if (validFrom !== null && validFrom < now) return refuse('past_date')
      const found = await StarPackage.query({ client: trx }).where('id', packageId).forUpdate().first()
      if (!found) return refuse('package_not_found')
      if (found.isArchived) return refuse('package_archived')

      const former = await pricesAt(validFrom ?? now, [packageId], trx)
      const before = former.get(packageId)?.get(currency)
      const createdBy = actor.type === 'admin' ? actor.id : null
      const line = await StarPackagePrice.create(
        { packageId, currency, price: price?.minor ?? null, validFrom: validFrom ?? now, createdBy, createdAt: now },
        { client: trx }
      )
      await this.audit.record(trx, {
        actor,
        action: 'star_package.priced',
        subjectType: 'star_package',
        subjectId: packageId,
        before: { price: before ? String(before) : null },
        after: { price: price ? String(price) : null, currency, validFrom: line.validFrom },
      })
      return ok(line)
    })
  }
}
