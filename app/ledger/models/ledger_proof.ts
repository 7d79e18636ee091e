import { LedgerProofSchema } from '#database/schema'
import type { Offence } from '#ledger/verify/offence'

/** What one nightly proof of the books found. */
export default class LedgerProof extends LedgerProofSchema {
  static table = 'ledger_proofs'

  declare outcome: 'clean' | 'broken'
  declare details: Offence[]
}
