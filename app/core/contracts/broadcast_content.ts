import type { Trx } from '#core/database/transaction'
import type { ComposedMessage } from '#core/contracts/message_composer'

/** A row of the outbox that belongs to a broadcast, as the sender claimed it. */
export interface BroadcastRow {
  id: number
  broadcastId: number
  broadcastVersion: number | null
  customerId: number | null
  chatId: number
  operation: 'send' | 'edit' | 'delete'
  targetMessageId: number | null
  scheduledAt: number
}

export interface BroadcastMessage extends ComposedMessage {
  /** Key of a stored file: the text is its caption. An edit of a message that has a photo must name it too. */
  photo?: string | null
  /** With operation `edit`: the photo itself has changed, not only the caption. */
  replacesPhoto?: boolean
  disableLinkPreview?: boolean
  silent?: boolean
  protectContent?: boolean
  /** Stars may be spent for this one; without it the free pace holds, whatever the setting says. */
  paid?: boolean
}

export type BroadcastDecision =
  /** `message` is not needed to delete. */
  | { kind: 'send'; message: BroadcastMessage | null }
  /** Quiet hours, daily cap: not before that moment. */
  | { kind: 'defer'; until: number; reason: string }
  /** Banned, opted out, unreachable: never. */
  | { kind: 'cancel'; reason: string }
  /** Can't be worded, by our own mistake: a permanent failure of that row alone. */
  | { kind: 'broken'; error: string }
  /** Paused or cancelled since it was claimed: the row stays as it was. */
  | { kind: 'hold' }

export interface BroadcastOutcome {
  rowId: number
  broadcastId: number
  broadcastVersion: number | null
  customerId: number | null
  operation: 'send' | 'edit' | 'delete'
  status: 'SENT' | 'FAILED' | 'PERMANENT_FAILURE' | 'UNKNOWN' | 'CANCELLED'
  error: string | null
  reason: string | null
  at: number
}

/**
 * What the sender must know of broadcasts, answered by their room. Every method is on the sender's hot path: a few
 * statements for a whole claim, never one for each row.
 */
export abstract class BroadcastContent {
  /** Broadcasts whose due rows may go out now, the one to be served first in front. Pausing one takes it off. */
  abstract sending(): Promise<number[]>
  /** Decides on each row of a claim, with all re-checks, and renders what is to be sent. A missing row is held. */
  abstract prepare(rows: BroadcastRow[]): Promise<Map<number, BroadcastDecision>>
  /** Counts results, in the transaction that stores them. FAILED will be tried again; the others are final. */
  abstract record(trx: Trx, outcomes: BroadcastOutcome[]): Promise<void>
}
