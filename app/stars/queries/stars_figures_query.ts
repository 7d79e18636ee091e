import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import type { PriceCurrency } from '#stars/values'

export interface StarsFigures {
  currency: PriceCurrency
  orders: number
  /** Stars with their bonus. */
  stars: number
  /** What was paid and not given back. */
  revenue: Money
}

/** Orders and revenue by currency: what was paid between two moments and has not been refunded. */
export class StarsFiguresQuery {
  async run({ from, until }: { from: number; until: number }): Promise<StarsFigures[]> {
    const rows = await db
      .from('star_orders')
      .where('paid_at', '>=', from)
      .where('paid_at', '<', until)
      .whereIn('status', ['paid', 'fulfilling', 'fulfilled', 'failed'])
      .groupBy('currency')
      .orderBy('currency')
      .select('currency')
      .count('* as orders')
      .sum('price as revenue')
      .select(db.raw('SUM(stars + bonus) AS stars'))
    return rows.map((row) => ({
      currency: row.currency,
      orders: Number(row.orders),
      stars: Number(row.stars),
      revenue: Money.of(BigInt(row.revenue), row.currency),
    }))
  }
}
