import type { Actor } from '#core/contracts/audit'
import type { Money } from '#core/money/money'
import type { AccountRef } from '#ledger/accounts'
import type { TransferKind } from '#ledger/transfer_kinds'

/** `amount`, above zero, leaves one account and reaches another of the same currency. */
export interface Posting {
  from: AccountRef
  to: AccountRef
  amount: Money
}

/** What caused a transfer: `{ type: 'invoice', id: 12 }`. */
export interface Reference {
  type: string
  id: number | string
}

export interface TransferInput {
  kind: TransferKind
  /** Idempotency key, domain first, up to 160 characters: `invoice:12:paid`. */
  key: string
  postings: Posting[]
  reference?: Reference | null
  actor: Actor
  /** The transfer that this one puts right. */
  corrects?: number | null
  /** For people; up to 500 characters. */
  note?: string | null
}

/** `repeated`: the key was known with the same content, and nothing moved now. */
export interface Posted {
  id: number
  repeated: boolean
}
