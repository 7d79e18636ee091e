import type { MessageParams, NotificationType, SymbolicButton } from '#core/contracts/outbox'
import type { Operation } from '#notifications/models/notification'

/** A row of the outbox in the sender's hands. */
export interface ClaimedRow {
  id: number
  type: NotificationType
  operation: Operation
  priority: number
  chatId: number
  threadId: number | null
  customerId: number | null
  broadcastId: number | null
  broadcastVersion: number | null
  template: string | null
  params: MessageParams | null
  buttons: SymbolicButton[][] | null
  photo: string | null
  targetMessageId: number | null
  /** Those before the present one. */
  attempts: number
  scheduledAt: number
  reason: string | null
}

/** At most once: what nobody may get twice. Edits and deletions can be repeated without harm. */
export const isSentOnce = (row: Pick<ClaimedRow, 'broadcastId' | 'operation'>) =>
  row.broadcastId !== null && row.operation === 'send'
