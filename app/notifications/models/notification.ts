import { NotificationSchema } from '#database/schema'
import type { MessageParams, NotificationType, SymbolicButton } from '#core/contracts/outbox'

export const NOTIFICATION_STATUSES = [
  'PENDING',
  'PROCESSING',
  'SENT',
  /** Will be tried again. */
  'FAILED',
  'PERMANENT_FAILURE',
  /** The worker died, or the connection broke, after the request may have been written. */
  'UNKNOWN',
  'CANCELLED',
] as const
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number]

/** The conditions of partial indexes, word for word: SQLite uses them for no other wording. */
export const IS_WAITING = `notifications.status IN ('PENDING', 'PROCESSING', 'FAILED')`
export const HAS_ENDED_BADLY = `notifications.status IN ('PERMANENT_FAILURE', 'UNKNOWN', 'CANCELLED')`

/** Its reader was anonymised: there are no words left to be sent again. */
export const IS_FORGOTTEN = `EXISTS (SELECT 1 FROM customers
  WHERE customers.id = notifications.customer_id AND customers.anonymised_at IS NOT NULL)`

export const OPERATIONS = ['send', 'edit', 'delete'] as const
export type Operation = (typeof OPERATIONS)[number]

/** One row per message owed to a chat. */
export default class Notification extends NotificationSchema {
  static table = 'notifications'
  declare type: NotificationType
  declare status: NotificationStatus
  declare operation: Operation
  declare params: MessageParams | null
  declare buttons: SymbolicButton[][] | null
}
