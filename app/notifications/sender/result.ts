import type { BroadcastOutcome } from '#core/contracts/broadcast_content'
import type { NotificationStatus } from '#notifications/models/notification'
import type { ClaimedRow } from '#notifications/sender/claimed_row'

/** What becomes of a claimed row. */
export interface RowResult {
  row: ClaimedRow
  status: Exclude<NotificationStatus, 'PROCESSING'>
  /** From now on, with the present one if it counts. */
  attempts: number
  scheduledAt: number
  chatId: number
  sentAt: number | null
  messageId: number | null
  error: string | null
  reason: string | null
  /** Telegram's words when the customer can't be written to. */
  unreachable: string | null
  attemptedAt: number | null
}

const MAX_ERROR = 300

/** The row as it was, but for the given changes. */
export function resultOf(row: ClaimedRow, changes: Partial<RowResult> & Pick<RowResult, 'status'>): RowResult {
  const result = {
    row,
    attempts: row.attempts,
    scheduledAt: row.scheduledAt,
    chatId: row.chatId,
    sentAt: null,
    messageId: null,
    error: null,
    reason: null,
    unreachable: null,
    attemptedAt: null,
    ...changes,
  }
  return { ...result, error: result.error?.slice(0, MAX_ERROR) ?? null }
}

/** Waits on: a row that has failed before says so. */
export const waitingStatus = (row: ClaimedRow) => (row.attempts > 0 ? 'FAILED' : 'PENDING')

/** What the broadcasts' room must hear; null for other rows and for those that merely wait on. */
export function outcomeOf({ row, status, error, reason }: RowResult, at: number): BroadcastOutcome | null {
  if (row.broadcastId === null || status === 'PENDING') return null
  const { id: rowId, broadcastId, broadcastVersion, customerId, operation } = row
  return { rowId, broadcastId, broadcastVersion, customerId, operation, status, error, reason, at }
}
