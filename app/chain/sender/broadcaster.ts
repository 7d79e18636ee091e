import { inject } from '@adonisjs/core'
import type ChainTxAttempt from '#chain/models/chain_tx_attempt'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { SendRefused, type SendRefusal } from '#chain/rpc/rpc_errors'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'

/**
 * Hands signed transactions to the nodes. Any of them may be handed over any number of times, in any order: what a node
 * answers says little, and what became of it is read from receipts alone.
 */
@inject()
export class Broadcaster {
  constructor(
    private clock: Clock,
    private rpc: ChainRpc
  ) {}

  /** Journalled before the request: what was never handed over can't be in the chain. Null: nobody objected. */
  async send(attempt: ChainTxAttempt): Promise<SendRefusal | null> {
    await this.#journal(attempt)
    try {
      await (attempt.broadcasts > 1 ? this.rpc.spread(attempt.raw) : this.rpc.send(attempt.raw))
      return null
    } catch (error) {
      if (!(error instanceof SendRefused)) throw error
      await attempt.merge({ error: `${error.kind}: ${error.message}`.slice(0, 300) }).save()
      return error.kind
    }
  }

  #journal(attempt: ChainTxAttempt) {
    const now = this.clock.now()
    return transaction(async (trx) => {
      await attempt
        .merge({ broadcasts: attempt.broadcasts + 1, broadcastAt: now, error: null })
        .useTransaction(trx)
        .save()
      const tx = trx.from('chain_txs').where('id', attempt.txId)
      await tx.clone().where('status', 'signed').update({ status: 'broadcast' })
      await tx.whereNull('broadcast_at').update({ broadcast_at: now })
    })
  }
}
