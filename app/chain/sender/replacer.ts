import { inject } from '@adonisjs/core'
import { KeyVault } from '#chain/keys/key_vault'
import ChainOperation from '#chain/models/chain_operation'
import type ChainTxAttempt from '#chain/models/chain_tx_attempt'
import ChainTx from '#chain/models/chain_tx'
import ChainWallet from '#chain/models/chain_wallet'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { isEnough, replacementOf } from '#chain/sender/gas_price'
import { TreasuryGas, withReserve } from '#chain/sender/treasury_gas'
import { TxBook, type Offer } from '#chain/sender/tx_book'
import { maxFee } from '#chain/settings'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'

type Replaced = 'signed' | 'too_dear' | 'later'

interface Wish extends Pick<Offer, 'head' | 'isNoop'> {
  /** Even when the last offer is enough for the next block. */
  isUrgent: boolean
}

/** Signs a stuck transaction again at a higher price, or a no-op in its place; never above what its wallet can pay. */
@inject()
export class Replacer {
  constructor(
    private settings: Settings,
    private rpc: ChainRpc,
    private vault: KeyVault,
    private treasury: TreasuryGas,
    private book: TxBook
  ) {}

  /**
   * `too_dear`: the cap forbids it; `later`: what was offered last is enough still, its wallet is given gas first, or
   * somebody else was faster.
   */
  async replace(tx: ChainTx, last: ChainTxAttempt, { head, isNoop, isUrgent }: Wish): Promise<Replaced> {
    const wallet = await ChainWallet.findOrFail(tx.walletId)
    const former = { maxFee: BigInt(last.maxFee), tip: BigInt(last.maxPriorityFee) }
    const fees = await this.rpc.fees()
    if (!isUrgent && isEnough(former, fees)) return 'later'
    const price = replacementOf(former, fees, await maxFee(this.settings))
    if (!price) return 'too_dear'
    const gasLimit = isNoop ? await this.#noopGas(wallet) : BigInt(tx.gasLimit)
    const cost = gasLimit * price.maxFee + (isNoop ? 0n : BigInt(tx.value))
    const balance = await this.rpc.balance(wallet.addressKey)
    if (balance < cost) {
      await this.#fund(tx, wallet, cost - balance)
      return 'later'
    }
    const use = { transaction: tx.id, step: isNoop ? 'noop' : tx.step }
    const replaced = await this.vault.withKey(wallet, use, (signer) =>
      transaction((trx) => this.book.replace(trx, wallet, signer, last, { price, head, isNoop, gasLimit }))
    )
    return replaced ? 'signed' : 'later'
  }

  async #noopGas(wallet: ChainWallet) {
    return withReserve(await this.rpc.estimateGas({ to: wallet.address, data: '0x', from: wallet.address }))
  }

  /**
   * A customer's wallet has what it was given; the treasury helps nobody but others. What an operation that is over has
   * left behind is paid for by the one that waits for it.
   */
  async #fund(tx: ChainTx, wallet: ChainWallet, value: bigint) {
    if (wallet.owner === 'treasury') return
    const operation = await ChainOperation.query().where('walletId', tx.walletId).whereNull('finishedAt').first()
    if (!operation || (await this.#isFunded(wallet))) return
    await this.treasury.topUp(operation, wallet, value)
  }

  /** One top-up at a time. */
  #isFunded({ chainId, addressKey }: ChainWallet) {
    return ChainTx.query()
      .where({ chainId, toKey: addressKey, kind: 'gas_topup' })
      .whereIn('status', ['signed', 'broadcast'])
      .first()
  }
}
