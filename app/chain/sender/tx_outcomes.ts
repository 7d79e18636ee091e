import { inject } from '@adonisjs/core'
import type ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import { Operations, type Move } from '#chain/operations/operations'
import { TxBook } from '#chain/sender/tx_book'
import type { OperationStatus } from '#chain/values'
import { Clock } from '#core/clock'
import { transaction, type Trx } from '#core/database/transaction'

/** Where a transaction stands. */
export interface Place {
  hash: string
  blockNumber: number
  blockHash: string
  gasUsed: bigint
  /** Wei per unit of gas. */
  gasPrice: bigint
  /** Failed there, or the attempt was one that does nothing. */
  hasFailed: boolean
  isNoop: boolean
  /** The contract's own words. */
  words: string | null
  isFinal: boolean
}

/** An operation in that state is looked at again by the sender without being woken, for what can't be foreseen. */
export const LOOK_AGAIN_MS = 30_000

/** Writes down what became of transactions, and lets their operations go on. */
@inject()
export class TxOutcomes {
  constructor(
    private clock: Clock,
    private operations: Operations,
    private book: TxBook
  ) {}

  /** It stands in a block, perhaps in another one than before; deep enough, it stays. */
  mined(txId: number, place: Place) {
    return this.#change(txId, async (trx, tx, operation) => {
      const isNews = tx.status !== 'mined' || tx.blockHash !== place.blockHash
      const { hash, blockNumber, blockHash, hasFailed, words } = place
      tx.merge({ hash, blockNumber, blockHash, hasFailed, error: words?.slice(0, 300) ?? null })
      tx.merge({
        gasUsed: Number(place.gasUsed),
        gasPrice: String(place.gasPrice),
        minedAt: tx.minedAt ?? this.clock.now(),
      })
      await tx.merge(place.isFinal ? this.#settled(place) : { status: 'mined' }).save()
      if (!operation) return
      if (place.hasFailed) return this.#failed(trx, operation, place)
      if (isNews) await this.#succeeded(trx, tx, operation)
    })
  }

  /** Its block is gone: it waits again. */
  dropped(txId: number) {
    return this.#change(txId, async (trx, tx, operation) => {
      const nowhere = { blockNumber: null, blockHash: null, gasUsed: null, gasPrice: null, minedAt: null, error: null }
      await tx.merge({ ...nowhere, status: 'broadcast', hasFailed: false }).save()
      if (operation?.status === 'awaiting_confirmations' && isAct(tx)) await this.#move(trx, operation, { to: 'act' })
    })
  }

  /** Another transaction, not of ours, stands in its place for good. `nonce`: the account's next one. */
  taken(txId: number, nonce: number) {
    return this.#change(txId, async (trx, tx, operation) => {
      await tx.merge({ status: 'replaced', settledAt: this.clock.now() }).save()
      await this.book.skipTo(trx, tx, nonce)
      if (operation) await this.#move(trx, operation, { to: 'needs_attention', reason: 'nonce_taken' })
    })
  }

  /** Nodes won't take it: a person looks at why, while it is tried again. */
  refused(txId: number, { reason, detail }: { reason: string; detail: string | null }) {
    return this.#change(txId, async (trx, _, operation) => {
      const isKnown = operation?.status === 'needs_attention' && operation.reason === reason
      if (operation && !isKnown && operation.reason !== 'giving_up')
        await this.#move(trx, operation, { to: 'needs_attention', reason, detail })
    })
  }

  #settled({ isNoop, hasFailed }: Place): Partial<ChainTx> {
    return { status: isNoop ? 'replaced' : hasFailed ? 'reverted' : 'confirmed', settledAt: this.clock.now() }
  }

  async #succeeded(trx: Trx, tx: ChainTx, operation: ChainOperation) {
    if (isAct(tx)) return this.#move(trx, operation, { to: 'awaiting_confirmations' })
    if (operation.reason === 'refused_by_node') return this.operations.move(trx, operation, { to: 'new' })
    await this.operations.postpone(trx, operation, 0)
  }

  async #failed(trx: Trx, operation: ChainOperation, { isFinal, isNoop, words }: Place) {
    if (!isFinal) return
    const reason = isNoop ? 'given_up' : 'reverted'
    await this.operations.move(trx, operation, { to: 'failed', reason, detail: isNoop ? operation.detail : words })
  }

  #move(trx: Trx, operation: ChainOperation, move: Move) {
    return this.operations.move(trx, operation, { inMs: LOOK_AGAIN_MS, ...move })
  }

  /** The operation is locked before the transaction, as everywhere; null when it is finished. */
  #change(txId: number, work: (trx: Trx, tx: ChainTx, operation: ChainOperation | null) => Promise<unknown>) {
    return transaction(async (trx) => {
      const { operationId } = await ChainTx.findOrFail(txId, { client: trx })
      const operation = operationId === null ? null : await this.operations.lock(trx, operationId)
      const tx = await ChainTx.query({ client: trx }).where('id', txId).whereNull('settledAt').forUpdate().first()
      if (tx) await work(trx, tx, operation?.isFinished ? null : operation)
    })
  }
}

const baseOf = ({ step }: Pick<ChainTx, 'step'>) => step.split(':')[0]

/** Whether it is what the operation is for. */
export const isAct = (tx: Pick<ChainTx, 'step'>) => baseOf(tx) === 'act'

/** Whether the wallet of the operation has signed it, and not the treasury for it. */
export const isOwn = ({ kind }: Pick<ChainTx, 'kind'>) => kind !== 'gas_topup'

/** Status of an operation whose transaction that is, on its way. */
export function stageOf(tx: Pick<ChainTx, 'step'>): OperationStatus {
  if (isAct(tx)) return 'act'
  return baseOf(tx) === 'topup' ? 'topup' : 'approve'
}
