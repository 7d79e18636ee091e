import { inject } from '@adonisjs/core'
import { KeyVault } from '#chain/keys/key_vault'
import type ChainOperation from '#chain/models/chain_operation'
import type ChainTx from '#chain/models/chain_tx'
import type ChainWallet from '#chain/models/chain_wallet'
import type { Waiting } from '#chain/operations/reasons'
import { Operations } from '#chain/operations/operations'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { priceOf } from '#chain/sender/gas_price'
import { TxBook, type TxDraft } from '#chain/sender/tx_book'
import { LOOK_AGAIN_MS } from '#chain/sender/tx_outcomes'
import { etherSetting, gasDailyBudget, maxFee } from '#chain/settings'
import { gasSpentSince } from '#chain/treasury/gas_spent'
import { Treasury } from '#chain/treasury/treasury'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { transaction, type Trx } from '#core/database/transaction'

/** Waiting in the nodes' pools at once: geth keeps that many of an account for certain. */
export const MOST_IN_FLIGHT = 16
const DAY_MS = 24 * 60 * 60 * 1000

/** What a node estimates may be a little less than what it takes in the block that comes. */
export const withReserve = (gas: bigint) => (gas * 5n) / 4n

/** Why nothing was signed: the treasury's trouble, or it is no moment for it. */
export type Objection = Waiting | 'later'

/** The treasury's account at a block, and what it has promised since. */
interface Means {
  wallet: ChainWallet
  head: number
  nonce: number
  /** Wei. */
  balance: bigint
}

/**
 * Gives wallets the gas they need, one top-up after the other without waiting for blocks: what is promised by
 * transactions that are in no block yet is counted as spent.
 */
@inject()
export class TreasuryGas {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private rpc: ChainRpc,
    private vault: KeyVault,
    private treasury: Treasury,
    private operations: Operations,
    private book: TxBook
  ) {}

  /** Signs a top-up of `to` for the operation, which is as it was read; answers why not otherwise. */
  async topUp(operation: ChainOperation, to: ChainWallet, value: bigint): Promise<ChainTx | Objection> {
    const cap = await maxFee(this.settings)
    const price = priceOf(await this.rpc.fees(), cap)
    if (!price) return 'gas_price'
    const means = await this.#means()
    const gas = await this.rpc.estimateGas({ to: to.address, data: '0x', from: means.wallet.address })
    const draft: TxDraft = {
      ...{ operation, step: 'topup', kind: 'gas_topup', to: to.address, data: '0x' },
      ...{ value, gasLimit: gas === 21_000n ? gas : withReserve(gas), price, head: means.head },
    }
    const objection = await transaction((trx) => this.#objection(trx, means, draft))
    if (objection) return objection
    await this.book.open(means.wallet)
    return this.vault.withKey(means.wallet, { operation: operation.reference, step: 'topup' }, (signer) =>
      transaction(async (trx) => {
        const current = await this.operations.lockUnchanged(trx, operation)
        if (!current) return 'later'
        await this.book.nextNonce(trx, means.wallet)
        const late = await this.#objection(trx, means, draft)
        if (late) return late
        const tx = await this.book.add(trx, means.wallet, signer, draft)
        const isFunding = current.status === 'act' || current.status === 'approve'
        if (isFunding) await this.operations.postpone(trx, current, LOOK_AGAIN_MS)
        else await this.operations.move(trx, current, { to: 'topup', inMs: LOOK_AGAIN_MS })
        return tx
      })
    )
  }

  /** Wei that nobody else was promised, for what the treasury does itself. */
  async free(): Promise<bigint> {
    const means = await this.#means()
    const promised = await transaction((trx) => this.#promised(trx, means))
    return means.balance - promised.wei
  }

  async #means(): Promise<Means> {
    const wallet = await this.treasury.wallet()
    const head = await this.rpc.head()
    const [nonce, balance] = await Promise.all([
      this.rpc.nonce(wallet.addressKey, head),
      this.rpc.balance(wallet.addressKey, head),
    ])
    return { wallet, head, nonce, balance }
  }

  async #objection(trx: Trx, means: Means, { value, gasLimit, price }: TxDraft): Promise<Objection | null> {
    const promised = await this.#promised(trx, means)
    if (promised.count >= MOST_IN_FLIGHT) return 'later'
    if (means.balance - promised.wei < value + gasLimit * price.maxFee) return 'treasury_empty'
    const budget = await etherSetting(this.settings, gasDailyBudget, trx)
    const spent = await gasSpentSince(means.wallet, this.clock.now() - DAY_MS, trx)
    return spent + value > budget ? 'gas_budget' : null
  }

  /** By nonce: what the block of `means` holds is in its balance. */
  async #promised(trx: Trx, { wallet, nonce }: Means) {
    const open: Promised[] = await trx
      .from('chain_txs')
      .join('chain_tx_attempts', 'chain_tx_attempts.hash', 'chain_txs.hash')
      .where({ 'chain_txs.chain_id': wallet.chainId, 'chain_txs.from_key': wallet.addressKey })
      .where('chain_txs.nonce', '>=', nonce)
      .select('chain_txs.value', 'chain_txs.gas_limit', 'chain_tx_attempts.max_fee')
    const wei = open.reduce((sum, tx) => sum + BigInt(tx.value) + BigInt(tx.gas_limit) * BigInt(tx.max_fee), 0n)
    return { count: open.length, wei }
  }
}

interface Promised {
  value: string
  gas_limit: number
  max_fee: string
}
