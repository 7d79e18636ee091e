import { inject } from '@adonisjs/core'
import type ChainOperation from '#chain/models/chain_operation'
import ChainTx from '#chain/models/chain_tx'
import { Operations, type Move } from '#chain/operations/operations'
import { isAct, isOwn, stageOf } from '#chain/sender/tx_outcomes'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'

/**
 * Ends an operation that a person wants no more. What its wallet has signed may still be mined: it goes on as
 * `giving_up` until a no-op stands in its place, or that does. An approval that is mined all the same stays: it lets the
 * raffle take the fee for an entry of that wallet, and nothing else. A call in its block is given up only when its
 * event was not found.
 *
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
      const own = await this.#own(trx, operation)
      const isDone = own.some((tx) => isAct(tx) && ['mined', 'confirmed'].includes(tx.status))
      if (isDone && reason !== 'no_event') return refuse('already_mined')

      const open = own.find((tx) => ['signed', 'broadcast'].includes(tx.status))
      const move: Move = open ? { to: stageOf(open), reason: 'giving_up' } : { to: 'failed', reason: 'given_up' }
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

  /** What its wallet has signed for it, the last first. A top-up is the treasury's, and stays with the wallet. */
  async #own(trx: Trx, { id }: ChainOperation) {
    const txs = await ChainTx.query({ client: trx }).where('operationId', id).orderBy('id', 'desc')
    return txs.filter(isOwn)
  }
}

export interface GiveUpInput {
  operationId: number
  /** Why, in the person's words. */
  note: string
  actor: Actor
}
