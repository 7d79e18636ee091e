import type { Trx } from '#core/database/transaction'
import type Broadcast from '#broadcasts/models/broadcast'
import type { BroadcastRun } from '#broadcasts/values'

/** Rows that may still go out, or are on their way. */
const OPEN = ['PENDING', 'FAILED', 'PROCESSING']

export async function hasOpenRows(trx: Trx, broadcastId: number): Promise<boolean> {
  const row = await trx
    .from('notifications')
    .where('broadcast_id', broadcastId)
    .whereIn('status', OPEN)
    .select('id')
    .first()
  return row !== null
}

/** Whether anything that was to be sent ended so. */
export async function hasRows(trx: Trx, broadcastId: number, status: string): Promise<boolean> {
  const row = await trx
    .from('notifications')
    .where({ broadcast_id: broadcastId, status, operation: 'send' })
    .select('id')
    .first()
  return row !== null
}

/** Sends the broadcast through its recipients once more; the next fan-out step picks it up. */
export async function beginRun(trx: Trx, broadcast: Broadcast, run: BroadcastRun, now: number) {
  const { last } = await trx.from('notifications').where('broadcast_id', broadcast.id).max('id as last').first()
  await broadcast
    .merge({
      status: 'sending',
      run,
      runCursor: 0,
      runEnd: last ?? 0,
      fannedOutAt: null,
      completedAt: null,
      updatedAt: now,
    })
    .save()
}
