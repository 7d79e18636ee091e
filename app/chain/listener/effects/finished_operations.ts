import { inject } from '@adonisjs/core'
import ChainEvent from '#chain/models/chain_event'
import ChainOperation from '#chain/models/chain_operation'
import { Operations } from '#chain/operations/operations'
import type { EventName, OperationKind } from '#chain/values'
import type { Trx } from '#core/database/transaction'

/** What the chain says when the call of an operation has done what it is for. */
const PURPOSE: Record<OperationKind, EventName> = {
  enter: 'RaffleEnter',
  draw: 'RequestedRaffleWinner',
  withdraw: 'Transfer',
  claim: 'Transfer',
}

/** Operations of ours end when what they did on the chain has taken effect here. */
@inject()
export class FinishedOperations {
  constructor(private operations: Operations) {}

  /**
   * With the last event of its transaction: all that came of it is there by then. Without the event that it was for, it
   * is left to the sender, which calls a person.
   */
  async finish(trx: Trx, { txHash }: ChainEvent) {
    const operation = await ChainOperation.query({ client: trx })
      .whereIn('id', actsOf(trx, txHash))
      .whereNull('finishedAt')
      .first()
    if (!operation) return
    const events = await ChainEvent.query({ client: trx }).where({ txHash }).whereNot('status', 'orphaned')
    if (events.some(({ status }) => status === 'seen')) return
    if (!events.some(({ name }) => name === PURPOSE[operation.kind])) return
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
