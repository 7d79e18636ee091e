import type { Actor } from '#core/contracts/audit'
import type { Movement } from '#ledger/posting/movements'
import type { Reference } from '#ledger/transfer_input'
import type { TransferKind } from '#ledger/transfer_kinds'

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
