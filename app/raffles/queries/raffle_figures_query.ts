import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'

export interface RaffleFigures {
  entries: number
  /** Customers of ours who entered. */
  customers: number
  /** Paid in by entries of ours. */
  entered: Money
  rounds: number
  prizes: Money
}

/** What took place between two moments: confirmed entries of customers, and rounds that ended. */
export class RaffleFiguresQuery {
  async run({ from, until }: { from: number; until: number }): Promise<RaffleFigures> {
    const [entered] = await db
      .from('raffle_entries')
      .where('status', 'confirmed')
      .where('confirmed_at', '>=', from)
      .where('confirmed_at', '<', until)
      .count('* as entries')
      .countDistinct('customer_id as customers')
      .sum('fee as fees')
    const [ended] = await db
      .from('raffles')
      .where('status', 'finished')
      .where('finished_at', '>=', from)
      .where('finished_at', '<', until)
      .count('* as rounds')
      .sum('prize as prizes')
    return {
      entries: Number(entered.entries),
      customers: Number(entered.customers),
      entered: Money.of(BigInt(entered.fees ?? 0), 'USDT'),
      rounds: Number(ended.rounds),
      prizes: Money.of(BigInt(ended.prizes ?? 0), 'USDT'),
    }
  }
}
