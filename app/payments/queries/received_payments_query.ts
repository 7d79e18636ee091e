import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'

export interface ReceivedPayments {
  payments: number
  /** What the invoices asked for, one sum for each currency. */
  sums: Money[]
}

/** Invoices that were paid between two moments from outside, and not refunded. */
export class ReceivedPaymentsQuery {
  async run({ from, until }: { from: number; until: number }): Promise<ReceivedPayments> {
    const rows = await db
      .from('invoices')
      .where('paid_at', '>=', from)
      .where('paid_at', '<', until)
      .whereIn('status', ['paid', 'overpaid'])
      .whereNot('provider', 'balance')
      .groupBy('currency')
      .orderBy('currency')
      .select('currency')
      .count('* as payments')
      .sum('amount as sum')
    return {
      payments: rows.reduce((total, row) => total + Number(row.payments), 0),
      sums: rows.map(({ sum, currency }) => Money.of(BigInt(sum), currency)),
    }
  }
}
