import ChainOperation from '#chain/models/chain_operation'
import type { Trx } from '#core/database/transaction'

/**
 * The operation that a transaction of this hash was sent for, its row locked; null when it was none of ours. Whoever
 * changes what an operation is for locks the operation first, as the sender does.
 */
export function lockOperationOf(trx: Trx, hash: string): Promise<ChainOperation | null> {
  return ChainOperation.query({ client: trx })
    .whereIn('id', (txs) =>
      txs
        .from('chain_txs')
        .join('chain_tx_attempts', 'chain_tx_attempts.tx_id', 'chain_txs.id')
        .where('chain_tx_attempts.hash', hash)
        .select('chain_txs.operation_id')
    )
    .forUpdate()
    .first()
}
