import { TonTransferSchema } from '#database/schema'
import { Money } from '#core/money/money'
import type { TransferStatus } from '#ton/values'

/** A signed message of a wallet, kept before it is sent. A wallet has one that is not settled at most. */
export default class TonTransfer extends TonTransferSchema {
  static table = 'ton_transfers'

  declare status: TransferStatus

  get money() {
    return Money.of(this.amount, 'TON')
  }
}
