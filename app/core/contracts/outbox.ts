import type { Trx } from '#core/database/transaction'
import type { AmountJson, Money } from '#core/money/money'

/** One row per message owed to a chat. See `domains.md` section 9. */
export const NOTIFICATION_TYPES = [
  'LEADERBOARD_REWARD',
  'MARKET_RESOLVED',
  'BET_WON',
  'BET_LOST',
  'MISSION_COMPLETED',
  'BROADCAST',
  'PAYMENT',
  'ORDER',
  'RAFFLE',
  'SUPPORT',
  'ADMIN_ALERT',
  'SYSTEM',
] as const
export type NotificationType = (typeof NOTIFICATION_TYPES)[number]

/** What a button does, never what it says: the composer words it in the reader's language. */
export type SymbolicButton = { action: string; id?: string | number } | { url: string; text?: string; label?: string }

/** Fills a template. An amount is written as people write it in the reader's language; a stored one is its JSON. */
export type MessageParam = string | number | Money | AmountJson
export type MessageParams = Record<string, MessageParam>

export interface OutboxMessage {
  type: NotificationType
  /** Telegram chat; for a customer the same number as their Telegram id. */
  chatId: number
  customerId?: number | null
  /** Key below `notifications.` in `resources/lang`. */
  template: string
  /** Fills the template; escaped there. */
  params?: MessageParams
  /** Rows of buttons. */
  buttons?: SymbolicButton[][]
  /** Key of a stored file. */
  photo?: string | null
  operation?: 'send' | 'edit' | 'delete'
  /** Message to edit or delete. */
  targetMessageId?: number | null
  /** Moment before which it must not be sent, epoch milliseconds. */
  scheduledAt?: number
  /** The same key twice is one message. */
  dedupeKey?: string | null
  /** Thread of a forum group. */
  threadId?: number | null
}

/** Writes messages in the transaction of what they tell of; the sender in `queue:work` delivers them. */
export abstract class Outbox {
  abstract write(trx: Trx, messages: OutboxMessage | OutboxMessage[]): Promise<void>
}
