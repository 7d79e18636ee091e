import type { Offence, Tally } from '#ledger/verify/offence'
import { verifyAccounts } from '#ledger/verify/verify_accounts'
import { verifyEntries } from '#ledger/verify/verify_entries'
import { verifyTransfers } from '#ledger/verify/verify_transfers'

/**
 * Proves the books, in small statements: business goes on meanwhile. Yields each offence; `tally` counts what was
 * looked at.
 */
export async function* verifyLedger(tally: Tally, signal?: AbortSignal): AsyncGenerator<Offence> {
  yield* verifyTransfers(tally, signal)
  yield* verifyEntries(signal)
  yield* verifyAccounts(tally, signal)
}
