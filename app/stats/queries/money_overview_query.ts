import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Memory } from '#stats/memory'

const LASTS = 10_000

/** What waits for a person in payments and orders. */
@inject()
export class MoneyOverviewQuery {
  constructor(private memory: Memory) {}

  /** Payments that don't fit, not settled yet. */
  openBreaks() {
    return this.memory.remember('payments:breaks', LASTS, () =>
      countOf(db.from('payment_breaks').where('status', 'open'))
    )
  }

  /** Orders to be delivered by hand, and deliveries that got stuck. */
  deliveries() {
    return this.memory.remember('stars:deliveries', LASTS, () =>
      countOf(
        db
          .from('star_orders')
          .where('status', 'fulfilling')
          .where((either) => void either.where('provider', 'manual').orWhereNotNull('attention'))
      )
    )
  }
}

async function countOf(query: ReturnType<typeof db.from>) {
  const [{ total }] = await query.count('* as total')
  return Number(total)
}
