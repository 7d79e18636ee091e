import { ChainTxSchema } from '#database/schema'
import { Money } from '#core/money/money'
import type { TxKind, TxStatus } from '#chain/values'

/** A transaction of ours: one nonce of one account, whichever of its attempts is mined. */
export default class ChainTx extends ChainTxSchema {
  static table = 'chain_txs'

  declare kind: TxKind
  declare status: TxStatus

  get money() {
    return this.amount === null ? null : Money.of(this.amount, 'USDT')
  }

  /** Wei: what its gas cost; null until it is mined. */
  get fee() {
    return this.gasUsed === null || this.gasPrice === null ? null : BigInt(this.gasUsed) * BigInt(this.gasPrice)
  }
}
