import { inject } from '@adonisjs/core'
import type ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import { Operations, type Move } from '#chain/operations/operations'
import { isAct } from '#chain/sender/tx_outcomes'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'

/**
 * Ends an operation that a person wants no more. A call that is signed may still be mined: it goes on as `giving_up`
 * until a no-op stands in its place, or the call does. One in its block is given up only when its event was not found.
 * Refuses `operation_not_found`, `already_finished`, `already_mined` or `giving_up`.
 */
@inject()
export class GiveUpOperation {
  constructor(
    private audit: Audit,
    private operations: Operations
  ) {}

  run({ operationId, note, actor }: GiveUpInput): Promise<Result<ChainOperation>> {
    return transaction(async (trx) => {
      const operation = await this.operations.lock(trx, operationId)
      if (!operation) return refuse('operation_not_found')
      const { status, reason } = operation
      if (operation.isFinished) return refuse('already_finished', { status })
      if (reason === 'giving_up') return refuse('giving_up')
      const call = await this.#call(trx, operation)
      const isMined = call && ['mined', 'confirmed'].includes(call.status)
      if (isMined && reason !== 'no_event') return refuse('already_mined')

      const move: Move = call && !isMined ? { to: 'act', reason: 'giving_up' } : { to: 'failed', reason: 'given_up' }
      await this.operations.move(trx, operation, { ...move, detail: note })
      await this.audit.record(trx, {
        actor,
        action: 'chain_operation.given_up',
        subjectType: 'chain_operation',
        subjectId: operation.id,
        before: { status, reason },
        after: { status: operation.status, reason: operation.reason, note },
      })
      return ok(operation)
    })
  }

  /** What it is for, as far as it is signed and not known to have come to nothing. */
  async #call(trx: Trx, { id }: ChainOperation) {
    const txs = await ChainTx.query({ client: trx })
      .where('operationId', id)
      .whereNotIn('status', ['reverted', 'replaced'])
      .orderBy('id', 'desc')
    return txs.find(isAct)
  }
}

export interface GiveUpInput {
  operationId: number
  /** Why, in the person's words. */
  note: string
  actor: Actor
}
