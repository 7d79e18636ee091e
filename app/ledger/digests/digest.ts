import { createHash, type Hash } from 'node:crypto'
import type { BookedTransfer } from '#ledger/digests/transfer_slices'

/** What comes before the first day. */
export const GENESIS = '0'.repeat(64)

/**
 * SHA-256 over the day before's digest and, for each transfer in order of id, one line of JSON with what it says
 * and one for each of its entries, in order of id. Whoever changes a sealed row changes its day and all that follow.
 */
export class DayDigest {
  readonly #hash: Hash
  transfers = 0

  constructor(previous: string, day: string) {
    this.#hash = createHash('sha256').update(`${previous} ${day}\n`)
  }

  add(transfer: BookedTransfer) {
    this.transfers++
    this.#line([
      ...[transfer.id, transfer.kind, transfer.idempotency_key, transfer.fingerprint],
      ...[transfer.reference_type, transfer.reference_id, transfer.actor_type, transfer.actor_id, transfer.actor_name],
      ...[transfer.corrects_id, transfer.note, transfer.created_at],
    ])
    for (const { id, code, amount, balance, created_at: at } of transfer.entries) {
      this.#line([id, code, String(amount), String(balance), at])
    }
  }

  /** Ends the day. */
  value(): string {
    return this.#hash.digest('hex')
  }

  #line(values: Array<string | number | null>) {
    this.#hash.update(`${JSON.stringify(values)}\n`)
  }
}

const DAY_MS = 86_400_000

export const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10)
export const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`)
export const endOf = (day: string) => startOf(day) + DAY_MS
