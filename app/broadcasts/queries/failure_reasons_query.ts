import { setImmediate as breathe } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'

export interface FailureReason {
  status: 'PERMANENT_FAILURE' | 'CANCELLED'
  /** Telegram's words of a failure, our own word for a cancellation. */
  reason: string
  total: number
}

const MOST = 20
/** Rows of one statement: SQLite answers nobody else meanwhile. */
const WINDOW = 10_000

/** Why recipients did not get it, the most frequent first. */
export class FailureReasonsQuery {
  async handle(broadcastId: number, operation: 'send' | 'edit' | 'delete' = 'send'): Promise<FailureReason[]> {
    const failures = await this.#count(broadcastId, operation, 'PERMANENT_FAILURE', 'error')
    const cancellations = await this.#count(broadcastId, operation, 'CANCELLED', 'reason')
    return [...failures, ...cancellations]
      .sort((one, other) => other.total - one.total || one.reason.localeCompare(other.reason))
      .slice(0, MOST)
  }

  async #count(broadcastId: number, operation: string, status: FailureReason['status'], cause: 'error' | 'reason') {
    const totals = new Map<string, number>()
    for (let after = 0; ; await breathe()) {
      const window = db
        .from('notifications')
        .where({ broadcast_id: broadcastId, status })
        .where('id', '>', after)
        .orderBy('id')
        .limit(WINDOW)
        .select('id', 'operation', cause)
        .as('failures')
      const rows = await db
        .from(window)
        .select('operation', cause)
        .count('* as total')
        .max('id as last')
        .groupBy('operation', cause)
      if (rows.length === 0) break
      for (const row of rows.filter((one) => one.operation === operation)) {
        totals.set(row[cause] ?? '', (totals.get(row[cause] ?? '') ?? 0) + Number(row.total))
      }
      after = Math.max(...rows.map(({ last }) => last))
    }
    return [...totals].map(([reason, total]): FailureReason => ({ status, reason, total }))
  }
}
