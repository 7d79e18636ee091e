import { inject } from '@adonisjs/core'
import type ChainWithdrawal from '#chain/models/chain_withdrawal'
import { Withdrawals } from '#chain/withdrawals/withdrawals'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'

/**
 * Takes a withdrawal back that the sender was not given yet. Refuses `withdrawal_not_found` or `wrong_status {status}`;
 * cancelled twice is cancelled.
 */
@inject()
export class CancelWithdrawal {
  constructor(
    private withdrawals: Withdrawals,
    private approvals: Approvals
  ) {}

  run({ withdrawalId, actor }: { withdrawalId: number; actor: Actor }): Promise<Result<ChainWithdrawal>> {
    return transaction(async (trx) => {
      const withdrawal = await this.withdrawals.lock(trx, withdrawalId)
      if (!withdrawal) return refuse('withdrawal_not_found')
      const { status } = withdrawal
      if (status === 'cancelled') return ok(withdrawal)
      if (status !== 'awaiting_approval' && status !== 'waiting') return refuse('wrong_status', { status })
      await this.approvals.withdraw(trx, 'chain_withdrawal', withdrawal.id)
      await this.withdrawals.become(trx, withdrawal, 'cancelled')
      await this.withdrawals.record(trx, withdrawal, { actor, action: 'chain_withdrawal.cancelled' })
      return ok(withdrawal)
    })
  }
}
