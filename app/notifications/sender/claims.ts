import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { parseJson } from '#core/database/columns'
import { isPostgres, rowsOf } from '#core/database/dialect'
import type { ClaimedRow } from '#notifications/sender/claimed_row'

const WAITING = `status IN ('PENDING', 'FAILED')`

/** Broadcasts that one statement looks through. */
const BROADCASTS_A_STATEMENT = 8

export interface ClaimRequest {
  /** Who takes them: holder and fence of the lease, so that a stalled predecessor changes nothing any more. */
  claimant: string
  transactional: number
  broadcast: number
  /** Broadcasts that may be served, first in front. */
  broadcastIds: number[]
}

/**
 * Takes due rows so that no two workers get the same one: SKIP LOCKED on PostgreSQL; on SQLite the statement has the
 * file's write lock. Reads no further than the partial indexes of what is due.
 */
@inject()
export class Claims {
  constructor(private readonly clock: Clock) {}

  async claim({ claimant, transactional, broadcast, broadcastIds }: ClaimRequest): Promise<ClaimedRow[]> {
    const rows = transactional > 0 ? await this.#take(claimant, [transactionalArm()], [], transactional) : []
    const room = () => broadcast - rows.length
    for (let from = 0; from < broadcastIds.length && room() > 0; from += BROADCASTS_A_STATEMENT) {
      const ids = broadcastIds.slice(from, from + BROADCASTS_A_STATEMENT)
      const arms = ids.map((_, order) => broadcastArm(order))
      rows.push(...(await this.#take(claimant, arms, ids, room())))
    }
    return rows
  }

  async #take(claimant: string, arms: string[], ids: number[], limit: number) {
    const now = this.clock.now()
    const due = arms.map((arm, i) => `SELECT * FROM (${arm} LIMIT ? ${isPostgres() ? SKIP_LOCKED : ''}) AS arm_${i}`)
    const chosen = `SELECT id FROM (${due.join(' UNION ALL ')}) AS due ORDER BY turn, priority, scheduled_at, id LIMIT ?`
    const result = await db.rawQuery(
      `UPDATE notifications SET status = 'PROCESSING', claimed_at = ?, claimed_by = ?, attempted_at = NULL
       WHERE ${isPostgres() ? `id = ANY(ARRAY(${chosen}))` : `id IN (${chosen})`} RETURNING *`,
      [now, claimant, ...arms.flatMap((_, i) => [...ids.slice(i, i + 1), now, limit]), limit]
    )
    const order = new Map(ids.map((id, i) => [id, i]))
    return rowsOf(result).map(toRow).sort(byTurn(order))
  }
}

const SKIP_LOCKED = 'FOR UPDATE SKIP LOCKED'

/** Without statistics SQLite prefers another index and sorts all that is due. */
const by = (index: string) => (isPostgres() ? '' : `INDEXED BY ${index}`)

const transactionalArm = () => `SELECT id, 0 AS turn, priority, scheduled_at
  FROM notifications ${by('notifications_due_index')}
  WHERE broadcast_id IS NULL AND ${WAITING} AND scheduled_at <= ? ORDER BY priority, scheduled_at, id`

const broadcastArm = (order: number) => `SELECT id, ${order} AS turn, priority, scheduled_at
  FROM notifications ${by('notifications_broadcast_due_index')}
  WHERE broadcast_id = ? AND broadcast_id IS NOT NULL AND ${WAITING} AND scheduled_at <= ? ORDER BY scheduled_at, id`

const byTurn = (order: Map<number, number>) => (a: ClaimedRow, b: ClaimedRow) =>
  (order.get(a.broadcastId!) ?? 0) - (order.get(b.broadcastId!) ?? 0) ||
  a.priority - b.priority ||
  a.scheduledAt - b.scheduledAt ||
  a.id - b.id

const toRow = (row: any): ClaimedRow => ({
  id: row.id,
  type: row.type,
  operation: row.operation,
  priority: row.priority,
  chatId: row.chat_id,
  threadId: row.thread_id,
  customerId: row.customer_id,
  broadcastId: row.broadcast_id,
  broadcastVersion: row.broadcast_version,
  template: row.template,
  params: parseJson(row.params),
  buttons: parseJson(row.buttons),
  photo: row.photo,
  targetMessageId: row.target_message_id,
  attempts: row.attempts,
  scheduledAt: row.scheduled_at,
  reason: row.reason,
})
