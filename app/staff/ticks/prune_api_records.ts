import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'

const HOUR_MS = 3_600_000
const JOURNAL_MS = 30 * 24 * HOUR_MS
const BATCH = 500

/** Forgets answers under idempotency keys after their day, and what programs were told after thirty. */
@inject()
export class PruneApiRecords implements Tick {
  readonly name = 'staff.prune_api_records'
  readonly everyMs = HOUR_MS

  constructor(private clock: Clock) {}

  async run(signal: AbortSignal) {
    const now = this.clock.now()
    await this.#inBatches(signal, 'api_requests', 'expires_at', now)
    await this.#inBatches(signal, 'webhook_deliveries', 'created_at', now - JOURNAL_MS)
    await this.#inBatches(signal, 'integration_events', 'created_at', now - JOURNAL_MS)
  }

  /** In small statements, so that SQLite serves people in between. */
  async #inBatches(signal: AbortSignal, table: string, column: string, before: number) {
    while (!signal.aborted) {
      const rows = await db.from(table).where(column, '<', before).orderBy(column).limit(BATCH).select('id')
      const ids = rows.map(({ id }) => id)
      if (ids.length > 0) await db.from(table).whereIn('id', ids).delete()
      if (ids.length < BATCH) return
    }
  }
}
