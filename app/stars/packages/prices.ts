import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import type { PriceCurrency } from '#stars/values'

/** Prices of one package; a currency that is missing follows the price in TON. */
export type PackagePrices = Map<PriceCurrency, Money>

/** The prices in force at a moment: of each package and currency the line that became valid last. */
export async function pricesAt(now: number, packageIds: number[], trx?: Trx): Promise<Map<number, PackagePrices>> {
  const prices = new Map<number, PackagePrices>(packageIds.map((id) => [id, new Map()]))
  if (packageIds.length === 0) return prices
  const result = await (trx ?? db).rawQuery(
    `SELECT package_id, currency, price FROM (
       SELECT package_id, currency, price,
         ROW_NUMBER() OVER (PARTITION BY package_id, currency ORDER BY valid_from DESC, id DESC) AS age
       FROM star_package_prices WHERE valid_from <= ? AND package_id IN (${packageIds.map(() => '?').join(', ')})
     ) AS history WHERE age = 1 AND price IS NOT NULL`,
    [now, ...packageIds]
  )
  for (const row of rowsOf<{ package_id: number; currency: PriceCurrency; price: number }>(result)) {
    prices.get(row.package_id)!.set(row.currency, Money.of(BigInt(row.price), row.currency))
  }
  return prices
}
