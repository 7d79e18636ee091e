import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import type { Signer } from '#chain/keys/signer'
import type ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import type ChainWallet from '#chain/models/chain_wallet'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import type { GasPrice } from '#chain/sender/gas_price'
import type { TxKind } from '#chain/values'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'

/** A transaction before it has a nonce. */
export interface TxDraft {
  operation: ChainOperation | null
  /** `topup`, `reset`, `approve`, `act`; told apart by a number when it is not the first of its operation. */
  step: string
  kind: TxKind
  to: string
  /** Wei. */
  value: bigint
  data: string
  gasLimit: bigint
  /** Minor units of USDT. */
  amount?: bigint
  price: GasPrice
  /** Of the chain, as the draft was made. */
  head: number
}

/** Another signature for a nonce that is taken already. */
export interface Offer {
  price: GasPrice
  head: number
  /** Uses the nonce up for nothing. */
  isNoop: boolean
  gasLimit: bigint
}

/**
 * Transactions and their signatures. The nonce is taken, the transaction signed and its raw form kept in one
 * database transaction: what was signed is never forgotten, and no nonce is left out.
 */
@inject()
export class TxBook {
  constructor(
    private clock: Clock,
    private chain: Chain,
    private rpc: ChainRpc
  ) {}

  /** Before anything is signed for the wallet: what the account has sent without us counts. */
  async open({ addressKey }: ChainWallet) {
    const { chainId } = this.chain.required
    const known = await db.from('chain_accounts').where({ chain_id: chainId, address_key: addressKey }).first()
    if (known) return
    const nextNonce = await this.rpc.nonce(addressKey, 'pending')
    await db
      .knexQuery()
      .table('chain_accounts')
      .insert({ chain_id: chainId, address_key: addressKey, next_nonce: nextNonce })
      .onConflict(['chain_id', 'address_key'])
      .ignore()
  }

  /** Locks the account: nobody else takes a nonce before the end of the transaction. */
  async nextNonce(trx: Trx, { addressKey }: ChainWallet): Promise<number> {
    const account = await this.#account(trx, addressKey).forUpdate().select('next_nonce').firstOrFail()
    return account.next_nonce
  }

  /** Signs with the next nonce and keeps it. */
  async add(trx: Trx, wallet: ChainWallet, signer: Signer, draft: TxDraft): Promise<ChainTx> {
    const nonce = await this.nextNonce(trx, wallet)
    await this.#account(trx, wallet.addressKey).update({ next_nonce: nonce + 1 })
    return this.addAt(trx, wallet, signer, draft, nonce)
  }

  /** Signs with a nonce that was left out. */
  async addAt(trx: Trx, wallet: ChainWallet, signer: Signer, draft: TxDraft, nonce: number): Promise<ChainTx> {
    const { operation, kind, to, value, data, gasLimit, amount, price, head } = draft
    const signed = signer.sign({
      ...{ to, value, data, nonce, gasLimit },
      ...{ maxFee: price.maxFee, maxPriorityFee: price.tip },
    })
    const now = this.clock.now()
    const tx = await ChainTx.create(
      {
        chainId: this.chain.required.chainId,
        operationId: operation?.id ?? null,
        step: await this.#stepOf(trx, draft),
        kind,
        walletId: wallet.id,
        fromKey: wallet.addressKey,
        toKey: to.toLowerCase(),
        nonce,
        value: String(value),
        data,
        gasLimit: Number(gasLimit),
        amount: amount ?? null,
        status: 'signed',
        hash: signed.hash,
        hasFailed: false,
        createdAt: now,
      },
      { client: trx }
    )
    await this.#keep(trx, tx, signed, { price, head, isNoop: kind === 'noop' })
    return tx
  }

  /** Signs the same nonce again. Null when somebody has done so meanwhile, or it needs no more. */
  async replace(trx: Trx, wallet: ChainWallet, signer: Signer, last: ChainTxAttempt, offer: Offer) {
    const tx = await ChainTx.query({ client: trx }).where('id', last.txId).forUpdate().firstOrFail()
    const newest = await ChainTxAttempt.query({ client: trx }).where('txId', tx.id).orderBy('id', 'desc').firstOrFail()
    if (newest.id !== last.id || tx.settledAt !== null || tx.status === 'mined') return null
    const content = offer.isNoop
      ? { to: wallet.address, value: 0n, data: '0x' }
      : { to: tx.toKey, value: BigInt(tx.value), data: tx.data }
    const signed = signer.sign({
      ...{ ...content, nonce: tx.nonce, gasLimit: offer.gasLimit },
      ...{ maxFee: offer.price.maxFee, maxPriorityFee: offer.price.tip },
    })
    await this.#keep(trx, tx, signed, offer)
    await tx.merge({ status: 'signed', hash: signed.hash }).save()
    return tx
  }

  /** Somebody else has used nonces of the account. */
  async skipTo(trx: Trx, tx: ChainTx, nonce: number) {
    await this.#account(trx, tx.fromKey).where('next_nonce', '<', nonce).update({ next_nonce: nonce })
  }

  #keep(trx: Trx, tx: ChainTx, signed: { hash: string; raw: string }, offer: Omit<Offer, 'gasLimit'>) {
    return ChainTxAttempt.create(
      {
        txId: tx.id,
        ...signed,
        maxFee: String(offer.price.maxFee),
        maxPriorityFee: String(offer.price.tip),
        head: offer.head,
        isNoop: offer.isNoop,
        broadcasts: 0,
        createdAt: this.clock.now(),
      },
      { client: trx }
    )
  }

  async #stepOf(trx: Trx, { operation, step }: TxDraft) {
    if (!operation) return step
    const steps = await trx.from('chain_txs').where('operation_id', operation.id).select('step')
    const earlier = steps.filter((row) => row.step.split(':')[0] === step).length
    return earlier === 0 ? step : `${step}:${earlier + 1}`
  }

  #account(trx: Trx, addressKey: string) {
    return trx.from('chain_accounts').where({ chain_id: this.chain.required.chainId, address_key: addressKey })
  }
}
