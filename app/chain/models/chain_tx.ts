import { ChainTxSchema } from '#database/schema'
import type { TxKind, TxStatus } from '#chain/values'

/** A transaction of ours: one nonce of one account, whichever of its attempts is mined. */
export default class ChainTx extends ChainTxSchema {
  static table = 'chain_txs'

  declare kind: TxKind
  declare status: TxStatus
}
