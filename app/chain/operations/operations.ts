import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import ChainOperation from '#chain/models/chain_operation'
import { OperationAlerts } from '#chain/operations/operation_alerts'
import { OperationHandlers } from '#chain/operations/operation_handlers'
import { FINISHED_OPERATIONS, type OperationKind, type OperationStatus } from '#chain/values'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import { ok, refuse, type Result } from '#core/result'

export interface OperationInput {
  /** The same key twice is one operation. */
  key: string
  kind: OperationKind
  /** The wallet that acts. */
  walletId: number
  customerId: number | null
  /** Minor units of USDT. */
  amount?: bigint
  /** An address, in lower case. */
  to?: string
  subject: { type: string; id: number }
}

/** Where an operation goes, and why. */
export interface Move {
  to: OperationStatus
  reason?: string | null
  /** The chain's own words. */
  detail?: string | null
  /** When the sender looks at it again. */
  inMs?: number
}

/**
 * What is wanted of the chain, and how far it is: the only writer of `chain_operations`. Whoever changes an operation
 * holds its row's lock; the room that asked for it hears of each new status in the same transaction.
 */
@inject()
export class Operations {
  constructor(
    private clock: Clock,
    private chain: Chain,
    private handlers: OperationHandlers,
    private alerts: OperationAlerts
  ) {}

  /**
   * Hands something over to the sender, which takes it up within a moment. Refuses with `operation_in_progress` while
   * the wallet does something else.
   */
  async begin(trx: Trx, input: OperationInput): Promise<Result<ChainOperation>> {
    await trx.from('chain_wallets').where('id', input.walletId).forUpdate().select('id').firstOrFail()
    const earlier = await ChainOperation.query({ client: trx }).where('key', input.key).first()
    if (earlier) return ok(earlier)
    const open = await this.openOf(trx, input.walletId)
    if (open) return refuse('operation_in_progress', { kind: open.kind })
    const now = this.clock.now()
    const operation = await ChainOperation.create(
      {
        reference: newReference(),
        key: input.key,
        chainId: this.chain.required.chainId,
        kind: input.kind,
        walletId: input.walletId,
        customerId: input.customerId,
        amount: input.amount ?? null,
        toKey: input.to?.toLowerCase() ?? null,
        subjectType: input.subject.type,
        subjectId: input.subject.id,
        status: 'new',
        failures: 0,
        version: 1,
        nextStepAt: now,
        createdAt: now,
        updatedAt: now,
      },
      { client: trx }
    )
    return ok(operation)
  }

  /** The listener has confirmed the event that the operation was for. The same again changes nothing. */
  async confirmed(trx: Trx, { id }: ChainOperation) {
    const operation = await this.lock(trx, id)
    if (!operation || operation.isFinished) return
    await this.move(trx, operation, { to: 'confirmed' })
  }

  openOf(trx: Trx, walletId: number): Promise<ChainOperation | null> {
    return ChainOperation.query({ client: trx }).where('walletId', walletId).whereNull('finishedAt').first()
  }

  lock(trx: Trx, id: number): Promise<ChainOperation | null> {
    return ChainOperation.query({ client: trx }).where('id', id).forUpdate().first()
  }

  /** As it was read; null when somebody has gone on meanwhile, who is right. */
  async lockUnchanged(trx: Trx, { id, version }: ChainOperation): Promise<ChainOperation | null> {
    const operation = await this.lock(trx, id)
    return operation?.version === version && !operation.isFinished ? operation : null
  }

  /** The row is locked. The same status for the same reason again is no news. */
  async move(trx: Trx, operation: ChainOperation, { to, reason = null, detail = null, inMs = 0 }: Move) {
    const before = { status: operation.status, reason: operation.reason, reference: operation.reference }
    const now = this.clock.now()
    await operation
      .merge({
        status: to,
        reason,
        detail: detail?.slice(0, 300) ?? null,
        failures: 0,
        version: operation.version + 1,
        nextStepAt: now + inMs,
        updatedAt: now,
        finishedAt: FINISHED_OPERATIONS.includes(to) ? now : null,
      })
      .useTransaction(trx)
      .save()
    if (before.status === to && before.reason === reason) return
    await this.alerts.moved(trx, before, operation)
    await this.handlers.of(operation.kind).changed(trx, operation)
  }

  /**
   * The same again later; `failures` counts how often that has been so. The row is locked. `updatedAt` stays that of the
   * last move: it tells how long the operation has stood still.
   */
  async postpone(trx: Trx, operation: ChainOperation, inMs: number, failures = operation.failures) {
    await operation
      .merge({ failures, version: operation.version + 1, nextStepAt: this.clock.now() + inMs })
      .useTransaction(trx)
      .save()
  }
}
