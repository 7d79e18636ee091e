import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { ok } from '#core/result'
import StarPackage from '#stars/models/star_package'
import StarPackagePrice from '#stars/models/star_package_price'
import { faultOfPackage, faultOfPrice, pricesOf, type PackageFields } from '#stars/packages/package_input'
import type { PriceCurrency } from '#stars/values'

export interface CreatePackageInput extends PackageFields {
  /** The price in TON at least; a currency that is left out follows it by the exchange rate. */
  prices: Partial<Record<PriceCurrency, Money>>
  actor: Actor
}

/**
 * Adds a package at the end of the list. Refuses with `stars_out_of_range`, `bonus_out_of_range`, `period_reversed`,
 * `ton_price_required`, `currency_not_priced`, `price_currency_differs` or `price_not_positive`.
 */
@inject()
export class CreatePackage {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ prices, actor, ...fields }: CreatePackageInput) {
    const fault = faultOfPackage(fields) ?? faultOfPrice('TON', prices.TON ?? null)
    if (fault) return fault
    for (const [currency, price] of pricesOf(prices)) {
      const wrong = faultOfPrice(currency, price)
      if (wrong) return wrong
    }

    return transaction(async (trx) => {
      const now = this.clock.now()
      const position = await nextPosition(trx)
      const row = { ...fields, position, revision: 1, createdAt: now, updatedAt: now }
      const created = await StarPackage.create(row, { client: trx })
      for (const [currency, price] of pricesOf(prices)) {
        const line = { packageId: created.id, currency, price: price.minor, validFrom: now, createdAt: now }
        await StarPackagePrice.create({ ...line, createdBy: actor.type === 'admin' ? actor.id : null }, { client: trx })
      }
      await this.audit.record(trx, {
        actor,
        action: 'star_package.created',
        subjectType: 'star_package',
        subjectId: created.id,
        after: { ...fields, prices: pricesOf(prices).map(([, price]) => String(price)) },
      })
      return ok(await created.refresh())
    })
  }
}

async function nextPosition(trx: Trx): Promise<number> {
  const last = await trx.from('star_packages').max('position as position').first()
  return Number(last?.position ?? 0) + 1
}
