import { inject } from '@adonisjs/core'
import { KeyVault } from '#chain/keys/key_vault'
import ChainTx from '#chain/models/chain_tx'
import ChainWallet from '#chain/models/chain_wallet'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { priceOf } from '#chain/sender/gas_price'
import { withReserve } from '#chain/sender/treasury_gas'
import { TxBook, type TxDraft } from '#chain/sender/tx_book'
import { maxFee } from '#chain/settings'
import { Logger } from '@adonisjs/core/logger'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'

/**
 * Nonces that the chain waits for while a later one of the account is ready: one that was never signed is used up by a
 * transaction that does nothing; one that was settled and whose block is gone all the same is handed over again.
 */
@inject()
export class Gaps {
  constructor(
    private logger: Logger,
    private settings: Settings,
    private rpc: ChainRpc,
    private vault: KeyVault,
    private book: TxBook
  ) {}

  /** `waiting`: the account's first transaction in no block; `nonce`: what the chain wants. */
  async fill(waiting: ChainTx, nonce: number, head: number) {
    const wallet = await ChainWallet.findOrFail(waiting.walletId)
    const known = await ChainTx.query()
      .where({ chainId: wallet.chainId, fromKey: wallet.addressKey })
      .whereBetween('nonce', [nonce, waiting.nonce - 1])
    for (const tx of known) await this.#reopen(tx)
    const taken = new Set(known.map((tx) => tx.nonce))
    for (let free = nonce; free < waiting.nonce; free++) {
      if (!taken.has(free)) await this.#useUp(wallet, free, head)
    }
  }

  async #reopen(tx: ChainTx) {
    this.logger.warn(
      { transaction: tx.id, nonce: tx.nonce },
      'A settled transaction is in no block any more; sent again'
    )
    await ChainTx.query()
      .where('id', tx.id)
      .whereNotNull('settledAt')
      .update({ status: 'broadcast', settledAt: null, blockNumber: null, blockHash: null })
  }

  async #useUp(wallet: ChainWallet, nonce: number, head: number) {
    const price = priceOf(await this.rpc.fees(), await maxFee(this.settings))
    if (!price) return
    const gas = await this.rpc.estimateGas({ to: wallet.address, data: '0x', from: wallet.address })
    const draft: TxDraft = {
      ...{ operation: null, step: 'noop', kind: 'noop', to: wallet.address, value: 0n, data: '0x' },
      ...{ gasLimit: withReserve(gas), price, head },
    }
    this.logger.warn({ wallet: wallet.id, nonce }, 'A nonce was left out; it is used up')
    await this.vault.withKey(wallet, { step: 'noop', nonce }, (signer) =>
      transaction(async (trx) => {
        await this.book.nextNonce(trx, wallet)
        const taken = await ChainTx.query({ client: trx })
          .where({ chainId: wallet.chainId, fromKey: wallet.addressKey, nonce })
          .first()
        if (!taken) await this.book.addAt(trx, wallet, signer, draft, nonce)
      })
    )
  }
}
