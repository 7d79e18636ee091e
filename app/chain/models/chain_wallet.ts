import { ChainWalletSchema } from '#database/schema'
import type { WalletOwner } from '#chain/values'

/** An account on the chain whose key we keep; `KeyVault` alone opens it. */
export default class ChainWallet extends ChainWalletSchema {
  static table = 'chain_wallets'

  declare owner: WalletOwner

  /** Keys stay here even when the row is written somewhere. */
  serializeAttributes() {
    const { id, owner, customerId, address } = this
    return { id, owner, customerId, address }
  }
}
