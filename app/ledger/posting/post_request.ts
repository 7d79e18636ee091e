import type { Actor } from '#core/contracts/audit'
import { contentOf, fingerprintOf, type Content } from '#ledger/posting/fingerprint'
import { movementsOf, type Movement } from '#ledger/posting/movements'
import type { Reference, TransferInput } from '#ledger/transfer_input'
import type { TransferKind } from '#ledger/transfer_kinds'

export const KEY_MAX_LENGTH = 160
export const NOTE_MAX_LENGTH = 500

/** One transfer as the database is asked to post it. */
export interface PostRequest {
  kind: TransferKind
  key: string
  fingerprint: string
  movements: Movement[]
  reference: Reference | null
  actor: Actor
  corrects: number | null
  note: string | null
  now: number
}

export type PostOutcome =
  | { outcome: 'posted' | 'repeated'; id: number }
  | { outcome: 'conflict' }
  /** An account's balance would leave its limits; `available` is what it holds, in minor units. */
  | { outcome: 'refused'; code: string; available: bigint }

/**
 * `content` is what a repetition must have in common with the first call, where it is not the movements themselves.
 *
 * @throws RangeError for a key or a note of another length, or when nothing moves.
 */
export function postRequestOf(input: TransferInput, now: number, content?: Content): PostRequest {
  const { kind, key, reference = null, actor, corrects = null, note = null } = input
  if (!key || key.length > KEY_MAX_LENGTH) throw new RangeError(`An idempotency key of ${key.length} characters`)
  if (note && note.length > NOTE_MAX_LENGTH) throw new RangeError(`A note of ${note.length} characters`)
  const movements = movementsOf(input.postings)
  const fingerprint = fingerprintOf(input, content ?? contentOf(movements))
  return { kind, key, fingerprint, movements, reference, actor, corrects, note, now }
}
