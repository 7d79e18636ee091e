import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import { SOLD } from '#stars/orders/transitions'

export interface CustomerPurchases {
  /** Orders that were paid and not refunded. */
  orders: number
  /** Stars of them, with their bonus. */
  stars: number
  /** What they cost, one sum for each currency. */
  spent: Money[]
}

/** What one customer has bought altogether. */
export class CustomerPurchasesQuery {
  async run(customerId: number): Promise<CustomerPurchases> {
    const rows = await db
      .from('star_orders')
      .where('customer_id', customerId)
      .whereIn('status', [...SOLD])
      .groupBy('currency')
      .orderBy('currency')
      .select('currency')
      .count('* as orders')
      .sum('price as spent')
      .select(db.raw('SUM(stars + bonus) AS stars'))
    const sum = (values: unknown[]) => values.reduce<number>((total, value) => total + Number(value), 0)
    return {
      orders: sum(rows.map(({ orders }) => orders)),
      stars: sum(rows.map(({ stars }) => stars)),
      spent: rows.map(({ spent, currency }) => Money.of(BigInt(spent), currency)),
    }
  }
}
