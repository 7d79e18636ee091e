import { createHash } from 'node:crypto'
import type { Movement } from '#ledger/posting/movements'
import type { TransferInput } from '#ledger/transfer_input'

export type Content = ReadonlyArray<string | number | null>

/** Digest of what a transfer is about, so that a key used again for something else is found out. */
export function fingerprintOf(
  { kind, reference, corrects, note }: Pick<TransferInput, 'kind' | 'reference' | 'corrects' | 'note'>,
  content: Content
): string {
  const cause = [kind, reference?.type ?? null, reference ? String(reference.id) : null, corrects ?? null, note ?? null]
  return createHash('sha256')
    .update(JSON.stringify([...cause, ...content]))
    .digest('base64url')
}

/** What a repetition must have in common with the first call: the same accounts and amounts. */
export const contentOf = (movements: readonly Movement[]): Content =>
  movements.map(({ account, amount }) => `${account.code} ${amount}`).sort()
