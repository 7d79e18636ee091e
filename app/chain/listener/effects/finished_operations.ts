import { inject } from '@adonisjs/core'
import ChainOperation from '#chain/models/chain_operation'
import type ChainEvent from '#chain/models/chain_event'
import { Operations } from '#chain/operations/operations'
import type { Trx } from '#core/database/transaction'

/** Operations of ours end when what they did on the chain has taken effect here. */
@inject()
export class FinishedOperations {
  constructor(private operations: Operations) {}

  /** With the last event of its transaction: all that came of it is there by then. */
  async finish(trx: Trx, { txHash }: ChainEvent) {
    const operation = await ChainOperation.query({ client: trx })
      .whereIn('id', actsOf(trx, txHash))
      .whereNull('finishedAt')
      .first()
    if (!operation || (await isAwaited(trx, txHash))) return
    await this.operations.confirmed(trx, operation)
  }
}

const actsOf = (trx: Trx, txHash: string) =>
  trx
    .from('chain_tx_attempts')
    .join('chain_txs', 'chain_txs.id', 'chain_tx_attempts.tx_id')
    .where('chain_tx_attempts.hash', txHash)
    .where('chain_txs.step', 'like', 'act%')
    .select('chain_txs.operation_id')

const isAwaited = async (trx: Trx, txHash: string) =>
  (await trx.from('chain_events').where({ tx_hash: txHash, status: 'seen' }).select('id').first()) !== null
