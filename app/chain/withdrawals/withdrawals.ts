import { inject } from '@adonisjs/core'
import ChainOperation from '#chain/models/chain_operation'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { Operations } from '#chain/operations/operations'
import type { WithdrawalStatus } from '#chain/values'
import { WithdrawalProgress } from '#chain/withdrawals/withdrawal_progress'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'

const FINISHED: readonly WithdrawalStatus[] = ['done', 'rejected', 'cancelled', 'failed']

/** Why it ended, or what it was sent with. */
interface Facts {
  reason?: string | null
  txHash?: string | null
  operationId?: number
}

/** How withdrawals go on. Whoever changes one holds its row's lock; its customer hears of each step. */
@inject()
export class Withdrawals {
  constructor(
    private clock: Clock,
    private operations: Operations,
    private progress: WithdrawalProgress,
    private audit: Audit
  ) {}

  lock(trx: Trx, id: number): Promise<ChainWithdrawal | null> {
    return ChainWithdrawal.query({ client: trx }).where('id', id).forUpdate().first()
  }

  /** Hands a waiting one to the sender; it goes on waiting while its wallet does something else. */
  async start(trx: Trx, withdrawal: ChainWithdrawal) {
    const { id, walletId, customerId, amount, toAddress } = withdrawal
    const begun = await this.operations.begin(trx, {
      key: `chain_withdrawal:${id}`,
      kind: 'withdraw',
      walletId,
      customerId,
      amount,
      to: toAddress,
      subject: { type: 'chain_withdrawal', id },
    })
    if (!begun.ok) return this.progress.tell(trx, withdrawal, null)
    await this.become(trx, withdrawal, 'sending', { operationId: begun.value.id })
  }

  async become(trx: Trx, withdrawal: ChainWithdrawal, status: WithdrawalStatus, facts: Facts = {}) {
    const now = this.clock.now()
    withdrawal.merge({ status, ...facts, updatedAt: now, finishedAt: FINISHED.includes(status) ? now : null })
    await withdrawal.useTransaction(trx).save()
    const operation =
      withdrawal.operationId === null ? null : await ChainOperation.find(withdrawal.operationId, { client: trx })
    await this.progress.tell(trx, withdrawal, operation)
  }

  /** What a person did to it. */
  record(trx: Trx, withdrawal: ChainWithdrawal, { actor, action }: { actor: Actor; action: string }) {
    const { id, reference, status, money, toAddress, customerId } = withdrawal
    return this.audit.record(trx, {
      actor,
      action,
      subjectType: 'chain_withdrawal',
      subjectId: id,
      after: { reference, status, amount: money.toString(), to: toAddress, customer: customerId },
    })
  }
}
