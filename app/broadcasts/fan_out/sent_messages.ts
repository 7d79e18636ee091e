import type { Trx } from '#core/database/transaction'
import { rowsOf } from '#core/database/dialect'
import { literal } from '#broadcasts/audience/sql'
import { UNSEND_WINDOW_MS } from '#broadcasts/values'

/**
 * Messages of a broadcast that stand in chats and can still be edited or deleted, as a FROM clause whose question mark
 * is the broadcast.
 */
export function sentMessagesSql(operation: 'edit' | 'delete', now: number) {
  const youngEnough = operation === 'delete' ? `AND notifications.sent_at > ${literal(now - UNSEND_WINDOW_MS)}` : ''
  return `FROM notifications WHERE notifications.broadcast_id = ? AND notifications.status = 'SENT'
    AND notifications.operation = 'send' AND notifications.telegram_message_id IS NOT NULL ${youngEnough}
    AND NOT EXISTS (SELECT 1 FROM notifications AS deletion WHERE deletion.customer_id = notifications.customer_id
      AND deletion.broadcast_id = notifications.broadcast_id AND deletion.operation = 'delete'
      AND deletion.status = 'SENT' AND deletion.target_message_id = notifications.telegram_message_id)`
}

export async function hasSentMessages(trx: Trx, broadcastId: number, operation: 'edit' | 'delete', now: number) {
  const result = await trx.rawQuery(`SELECT notifications.id ${sentMessagesSql(operation, now)} LIMIT 1`, [broadcastId])
  return rowsOf(result).length > 0
}
