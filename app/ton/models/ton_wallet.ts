import { TonWalletSchema } from '#database/schema'
import type { WalletName } from '#ton/values'

/** A wallet of the house; `WalletVault` alone reads its words. */
export default class TonWallet extends TonWalletSchema {
  static table = 'ton_wallets'

  declare name: WalletName
}
