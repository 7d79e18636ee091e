import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { APPROVAL_LIFE_MS, type Adjusted } from '#ledger/actions/adjust_balance'
import { REASON_MAX_LENGTH } from '#ledger/adjustments/adjustment'
import { largest, Reverser } from '#ledger/adjustments/reverser'
import { needsApproval } from '#ledger/settings'

export const REVERSAL = 'ledger.reversal'

/**
 * Undoes a transfer by its opposite, for a reason; above the amount of the settings once a second admin has agreed.
 * What caused it (an invoice, an order) stays as it is. Refuses `reason_required`, `reason_too_long`,
 * `transfer_not_found`, `transfer_not_reversible`, `already_reversed`,
 * `already_corrected`, or as a transfer does.
 */
@inject()
export class ReverseTransfer {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private approvals: Approvals,
    private reverser: Reverser
  ) {}

  async handle(input: { transferId: number; reason: string; actor: Actor }): Promise<Result<Adjusted>> {
    const { transferId, actor } = input
    const reason = input.reason.trim()
    if (!reason) return refuse('reason_required')
    if (reason.length > REASON_MAX_LENGTH) return refuse('reason_too_long', { max: REASON_MAX_LENGTH })

    return transaction(async (trx) => {
      const sides = await this.reverser.sides(trx, transferId)
      if (!sides.ok) return sides
      if (actor.type === 'admin' && (await needsApproval(this.settings, trx, largest(sides.value)))) {
        const approvalId = await this.approvals.request(trx, {
          action: REVERSAL,
          subjectType: 'transfer',
          subjectId: transferId,
          payload: { transferId, reason },
          requestedBy: actor.id!,
          expiresAt: this.clock.now() + APPROVAL_LIFE_MS,
        })
        return ok({ status: 'awaiting_approval', approvalId } as const)
      }
      const posted = await this.reverser.post(trx, transferId, reason, actor)
      return posted.ok ? ok({ status: 'posted', transferId: posted.value.id } as const) : posted
    })
  }
}
