import { inject } from '@adonisjs/core'
import type { KeyPair } from '@ton/crypto'
import { Clock } from '#core/clock'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import type { Trx } from '#core/database/transaction'
import TonWallet from '#ton/models/ton_wallet'
import type { WalletName } from '#ton/values'
import { keysOf, walletOf, wordsOf } from '#ton/wallet_keys'

export interface PublicWallet {
  address: string
  publicKey: string
}

/** Keeps the words of the house's wallets, encrypted for their address. There is no way to read them out. */
@inject()
export class WalletVault {
  constructor(
    private clock: Clock,
    private wrapper: KeyWrapper
  ) {}

  current(name: WalletName, trx?: Trx): Promise<TonWallet | null> {
    return TonWallet.query({ client: trx }).where('name', name).whereNull('retiredAt').first()
  }

  /** Null when these are not the 24 words of a wallet. */
  async read(mnemonic: string): Promise<PublicWallet | null> {
    const keys = await keysOf(wordsOf(mnemonic))
    if (!keys) return null
    const { address } = await walletOf(keys.publicKey)
    return { address: address.toString({ bounceable: false }), publicKey: keys.publicKey.toString('hex') }
  }

  /**
   * Takes the place of the wallet of that name, whose transfers are still watched. The same wallet again stays what it
   * is: what it has in flight and has spent today counts on.
   */
  async store(trx: Trx, name: WalletName, wallet: PublicWallet, mnemonic: string, adminId: number | null) {
    const now = this.clock.now()
    const current = await this.current(name, trx)
    if (current?.publicKey === wallet.publicKey) return current
    await TonWallet.query({ client: trx }).where('name', name).whereNull('retiredAt').update({ retiredAt: now })
    const mnemonicEncrypted = this.wrapper.wrap(wordsOf(mnemonic).join(' '), purposeOf(wallet.address))
    return TonWallet.create({ name, ...wallet, mnemonicEncrypted, createdBy: adminId, createdAt: now }, { client: trx })
  }

  /**
   * Lends the keys for one signature and wipes them.
   *
   * @throws when they are not those of the stored address.
   */
  async withKeys<T>(wallet: TonWallet, sign: (keys: KeyPair) => Promise<T>): Promise<T> {
    const words = this.wrapper.unwrap(wallet.mnemonicEncrypted, purposeOf(wallet.address)).split(' ')
    const keys = await keysOf(words)
    try {
      if (keys?.publicKey.toString('hex') !== wallet.publicKey) {
        throw new Error(`The stored words of the wallet "${wallet.name}" are not those of its address`)
      }
      return await sign(keys)
    } finally {
      keys?.secretKey.fill(0)
    }
  }
}

const purposeOf = (address: string) => `ton.wallet:${address}`
