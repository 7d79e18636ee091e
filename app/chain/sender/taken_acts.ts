import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import ChainEvent from '#chain/models/chain_event'
import type ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import ChainTxAttempt from '#chain/models/chain_tx_attempt'
import ChainWallet from '#chain/models/chain_wallet'
import { Operations } from '#chain/operations/operations'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { isAct, LOOK_AGAIN_MS } from '#chain/sender/tx_outcomes'
import { transaction } from '#core/database/transaction'

/**
 * Calls whose nonce somebody else seems to have used. Before the same is signed again for a person who retries it, they
 * are looked for once more: a receipt that was missing, or a payment that is the same.
 */
@inject()
export class TakenActs {
  constructor(
    private logger: Logger,
    private rpc: ChainRpc,
    private operations: Operations
  ) {}

  /** Whether the operation must not act again now; it is where it belongs then. `txs`: all of its own. */
  async holds(operation: ChainOperation, txs: ChainTx[]): Promise<boolean> {
    const taken = txs.filter((tx) => isAct(tx) && isTaken(tx))
    if (taken.length === 0) return false
    const attempts = await ChainTxAttempt.query()
      .whereIn(
        'txId',
        taken.map(({ id }) => id)
      )
      .orderBy('id')
    for (const { hash, txId } of attempts) {
      if (await this.rpc.receipt(hash)) return this.#reopen(operation, txId)
    }
    const payment = operation.kind === 'withdraw' ? await this.#payment(operation, attempts[0].head) : null
    return payment ? this.#hold(operation, payment) : false
  }

  /** It is followed to its block again. */
  async #reopen(operation: ChainOperation, txId: number) {
    this.logger.warn({ transaction: txId }, 'A transaction that was taken for another’s is in a block after all')
    await transaction(async (trx) => {
      const current = await this.operations.lockUnchanged(trx, operation)
      if (!current) return
      const tx = ChainTx.query({ client: trx }).where('id', txId).where('status', 'replaced')
      await tx.update({ status: 'broadcast', settledAt: null })
      await this.operations.move(trx, current, { to: 'act', inMs: LOOK_AGAIN_MS })
    })
    return true
  }

  /** A transfer like the one it is for, since it was signed, that no other operation has made. */
  async #payment({ id, walletId, chainId, toKey, amount }: ChainOperation, since: number) {
    const { addressKey } = await ChainWallet.findOrFail(walletId)
    return ChainEvent.query()
      .where({ chainId, name: 'Transfer', fromKey: addressKey, toKey, amount })
      .whereNot('status', 'orphaned')
      .where('blockNumber', '>', since)
      .whereNotIn(
        'txHash',
        db
          .from('chain_tx_attempts')
          .join('chain_txs', 'chain_txs.id', 'chain_tx_attempts.tx_id')
          .where('chain_txs.from_key', addressKey)
          .whereNotNull('chain_txs.operation_id')
          .whereNot('chain_txs.operation_id', id)
          .select('chain_tx_attempts.hash')
      )
      .first()
  }

  async #hold(operation: ChainOperation, { txHash }: ChainEvent) {
    await transaction(async (trx) => {
      const current = await this.operations.lockUnchanged(trx, operation)
      const detail = `The same amount was sent to the same address by ${txHash}`
      if (current) await this.operations.move(trx, current, { to: 'needs_attention', reason: 'paid_elsewhere', detail })
    })
    return true
  }
}

/** By no attempt of ours: a no-op of ours stands in a block. */
const isTaken = ({ status, blockNumber }: ChainTx) => status === 'replaced' && blockNumber === null
