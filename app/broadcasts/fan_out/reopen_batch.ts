import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import type { IdRange } from '#broadcasts/audience/audience_query'
import { variantOf } from '#broadcasts/fan_out/variant_split'
import type Broadcast from '#broadcasts/models/broadcast'
import { outcomeOf } from '#broadcasts/outcomes/classify'
import type { CounterDelta } from '#broadcasts/outcomes/counters'

/** Which rows a run opens again. */
export const REOPENED = { retry: 'PERMANENT_FAILURE', resend: 'UNKNOWN' } as const

interface ReopenedRow {
  customer_id: number | null
  error: string | null
}

/** Opens the failed or the unknown rows of one range again; they carry the text as it is now. */
@inject()
export class ReopenBatch {
  constructor(private clock: Clock) {}

  async write(trx: Trx, broadcast: Broadcast, { after, until }: IdRange): Promise<CounterDelta[]> {
    const status = REOPENED[broadcast.run as 'retry' | 'resend']
    const range = `broadcast_id = ? AND status = ? AND operation = 'send' AND id > ? AND id <= ?`
    const bindings = [broadcast.id, status, after, until]
    const { key, keyBindings } = await this.#holdKey(trx, broadcast, range, bindings)

    const rows = rowsOf<ReopenedRow>(
      await trx.rawQuery(`SELECT customer_id, error FROM notifications WHERE ${range} ${key}`, [
        ...bindings,
        ...keyBindings,
      ])
    )
    await trx.rawQuery(
      `UPDATE notifications SET status = 'PENDING', attempts = 0, error = NULL, reason = NULL, claimed_at = NULL,
         claimed_by = NULL, attempted_at = NULL, scheduled_at = ?, broadcast_version = ?
       WHERE ${range} ${key}`,
      [this.clock.now(), broadcast.version, ...bindings, ...keyBindings]
    )
    return rows.map((row) => this.#delta(broadcast, status, row))
  }

  /** A failure freed the send-once key, and another broadcast may have used it since: then the row stays as it is. */
  async #holdKey(trx: Trx, broadcast: Broadcast, range: string, bindings: Array<string | number>) {
    if (broadcast.sendOnceKey === null) return { key: '', keyBindings: [] }
    await trx.rawQuery(
      `INSERT INTO broadcast_send_once (key, customer_id, broadcast_id)
       SELECT ?, customer_id, broadcast_id FROM notifications WHERE ${range} AND customer_id IS NOT NULL
       ORDER BY customer_id ON CONFLICT DO NOTHING`,
      [broadcast.sendOnceKey, ...bindings]
    )
    const key = `AND customer_id IN (SELECT customer_id FROM broadcast_send_once WHERE key = ? AND broadcast_id = ?)`
    return { key, keyBindings: [broadcast.sendOnceKey, broadcast.id] }
  }

  #delta(broadcast: Broadcast, status: string, row: ReopenedRow): CounterDelta {
    const variant = variantOf(broadcast, row.customer_id)
    return {
      broadcastId: broadcast.id,
      operation: 'send',
      version: 1,
      variant,
      [outcomeOf(status, row.error)]: -1,
    }
  }
}
