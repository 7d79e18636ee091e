import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Memory } from '#stats/memory'

const LASTS = 10_000

/** What waits for a person in payments. */
@inject()
export class MoneyOverviewQuery {
  constructor(private memory: Memory) {}

  /** Payments that don't fit, not settled yet. */
  openBreaks() {
    return this.memory.remember('payments:breaks', LASTS, () =>
      countOf(db.from('payment_breaks').where('status', 'open'))
    )
  }
}

async function countOf(query: ReturnType<typeof db.from>) {
  const [{ total }] = await query.count('* as total')
  return Number(total)
}
