import { inject } from '@adonisjs/core'
import type ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import { Operations } from '#chain/operations/operations'
import { stageOf } from '#chain/sender/tx_outcomes'
import type { OperationStatus } from '#chain/values'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'

/**
 * Lets an operation that waits for a person go on. What it has on the chain already is looked up, never done again.
 * Refuses `operation_not_found` or `wrong_status`.
 */
@inject()
export class RetryOperation {
  constructor(
    private audit: Audit,
    private operations: Operations
  ) {}

  run({ operationId, actor }: { operationId: number; actor: Actor }): Promise<Result<ChainOperation>> {
    return transaction(async (trx) => {
      const operation = await this.operations.lock(trx, operationId)
      if (!operation) return refuse('operation_not_found')
      const { status, reason } = operation
      if (status !== 'needs_attention') return refuse('wrong_status', { status })
      await this.operations.move(trx, operation, { to: await this.#stage(trx, operation) })
      await this.audit.record(trx, {
        actor,
        action: 'chain_operation.retried',
        subjectType: 'chain_operation',
        subjectId: operation.id,
        before: { status, reason },
        after: { status: operation.status },
      })
      return ok(operation)
    })
  }

  /** Where it stands: what is signed goes on. */
  async #stage(trx: Trx, { id }: ChainOperation): Promise<OperationStatus> {
    const underway = await ChainTx.query({ client: trx })
      .where('operationId', id)
      .whereIn('status', ['signed', 'broadcast'])
      .orderBy('id', 'desc')
      .first()
    return underway ? stageOf(underway) : 'new'
  }
}
