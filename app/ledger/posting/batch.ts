import { ok, refuse, type Result } from '#core/result'
import { mayHold } from '#ledger/accounts'
import type { LockedAccount } from '#ledger/posting/account_locks'
import type { PostRequest } from '#ledger/posting/post_request'
import { refusalOf } from '#ledger/posting/refusals'
import type { Posted } from '#ledger/transfer_input'

/** A transfer that a key stands for; one that is not written yet has no id. */
export interface Known {
  id: number | null
  fingerprint: string
}

/** What the database said under the locks; a batch that is worked out changes it. */
export interface BatchState {
  accounts: ReadonlyMap<string, LockedAccount>
  known: Map<string, Known>
  /** Transfers that were reversed as a whole. */
  reversed: Set<number>
}

export interface PlannedEntry {
  transfer: Known
  accountId: number
  kind: string
  currency: string
  amount: bigint
  /** After it. */
  balance: bigint
}

/** What a batch comes to, as if one transfer had been posted after another. */
export interface Batch {
  written: Array<{ request: PostRequest; transfer: Known }>
  entries: PlannedEntry[]
  /** In the order asked for. */
  answers: Array<{ transfer: Known; repeated: boolean }>
}

/** The refusal is that of the first transfer that can't be posted. */
export function planBatch(requests: readonly PostRequest[], state: BatchState): Result<Batch> {
  const batch: Batch = { written: [], entries: [], answers: [] }
  for (const request of requests) {
    const { kind, key, fingerprint, corrects } = request
    if (corrects !== null && kind !== 'reversal' && state.reversed.has(corrects)) return refuse('already_reversed')
    const known = state.known.get(key)
    if (known && known.fingerprint !== fingerprint) return refuse('idempotency_conflict')
    batch.answers.push({ transfer: known ?? { id: null, fingerprint }, repeated: known !== undefined })
    if (known) continue
    const { transfer } = batch.answers.at(-1)!
    const refusal = addEntries(batch.entries, request, transfer, state.accounts)
    if (refusal) return refusal
    batch.written.push({ request, transfer })
    state.known.set(key, transfer)
    if (corrects !== null && kind === 'reversal') state.reversed.add(corrects)
  }
  return ok(batch)
}

/** Once all of it is written. */
export const answersOf = ({ answers }: Batch): Posted[] =>
  answers.map(({ transfer, repeated }) => ({ id: transfer.id!, repeated }))

function addEntries(
  entries: PlannedEntry[],
  { movements }: PostRequest,
  transfer: Known,
  accounts: BatchState['accounts']
) {
  const changes = movements.map((movement) => ({ ...movement, locked: accounts.get(movement.account.code)! }))
  for (const { account, amount, locked } of changes.sort((one, other) => one.locked.id - other.locked.id)) {
    const balance = locked.balance + amount
    if (!mayHold(account.kind, balance)) return refusalOf(movements, account.code, locked.balance)
    locked.balance = balance
    const { kind, currency } = account
    entries.push({ transfer, accountId: locked.id, kind, currency, amount, balance })
  }
  return null
}
