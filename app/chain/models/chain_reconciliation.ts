import { ChainReconciliationSchema } from '#database/schema'

export interface ReconciliationLine {
  /** `wallet_balance`, `pool`, `custody_total`, `nonce`, `operation`. */
  kind: string
  subject: string
  ours: string
  chain: string
}

/** What a comparison of our records with the chain found. */
export default class ChainReconciliation extends ChainReconciliationSchema {
  static table = 'chain_reconciliations'

  declare lines: ReconciliationLine[]
}
