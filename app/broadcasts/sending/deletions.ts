import db from '@adonisjs/lucid/services/db'
import type { BroadcastRow } from '#core/contracts/broadcast_content'
import { UNSEND_WINDOW_MS } from '#broadcasts/values'

/** Rows of a claim that would delete a message which Telegram no longer lets go. */
export async function tooOldToDelete(rows: BroadcastRow[], now: number): Promise<Set<number>> {
  const deletions = rows.filter(({ operation }) => operation === 'delete')
  if (deletions.length === 0) return new Set()
  const customers = [...new Set(deletions.flatMap(({ customerId }) => customerId ?? []))]
  const messages = await db
    .from('notifications')
    .whereIn('customer_id', customers)
    .whereIn('broadcast_id', [...new Set(deletions.map(({ broadcastId }) => broadcastId))])
    .where('operation', 'send')
    .where('sent_at', '>', now - UNSEND_WINDOW_MS)
    .select('broadcast_id', 'chat_id', 'telegram_message_id')
  const young = new Set(messages.map((one) => `${one.broadcast_id} ${one.chat_id} ${one.telegram_message_id}`))
  return new Set(
    deletions
      .filter(({ broadcastId, chatId, targetMessageId }) => !young.has(`${broadcastId} ${chatId} ${targetMessageId}`))
      .map(({ id }) => id)
  )
}
