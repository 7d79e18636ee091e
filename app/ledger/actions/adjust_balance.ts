import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { insufficientFunds } from '#ledger/posting/refusals'
import { Ledger } from '#ledger/ledger'
import { Adjuster } from '#ledger/adjustments/adjuster'
import { accountOf, REASON_MAX_LENGTH, toPayload, type Adjustment } from '#ledger/adjustments/adjustment'
import { needsApproval } from '#ledger/settings'

export const ADJUSTMENT = 'ledger.adjustment'
export const APPROVAL_LIFE_MS = 7 * 86_400_000

/** Done at once, or waiting for a second admin. */
export type Adjusted = { status: 'posted'; transferId: number } | { status: 'awaiting_approval'; approvalId: number }

/**
 * Adds money to a customer's account or takes it away, for a reason; above the amount of the settings once a second
 * admin has agreed. Refuses `reason_required`, `reason_too_long`, `amount_zero`, `granted_pred_only`,
 * `customer_not_found`, or as a transfer does.
 */
@inject()
export class AdjustBalance {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private approvals: Approvals,
    private ledger: Ledger,
    private adjuster: Adjuster
  ) {}

  async handle(input: Adjustment & { actor: Actor }): Promise<Result<Adjusted>> {
    const { actor, ...rest } = input
    const adjustment = { ...rest, reason: rest.reason.trim() }
    const { reason, change, account } = adjustment
    if (!reason) return refuse('reason_required')
    if (reason.length > REASON_MAX_LENGTH) return refuse('reason_too_long', { max: REASON_MAX_LENGTH })
    if (change.isZero) return refuse('amount_zero')
    if (account === 'granted' && change.currency !== 'PRED') return refuse('granted_pred_only')

    return transaction(async (trx) => {
      const amount = change.isNegative ? change.negate() : change
      if (actor.type === 'admin' && (await needsApproval(this.settings, trx, amount))) {
        const available = await this.ledger.balance(trx, accountOf(adjustment))
        if (available.add(change).isNegative) return insufficientFunds(available, amount)
        const approvalId = await this.approvals.request(trx, {
          action: ADJUSTMENT,
          subjectType: 'adjustment',
          subjectId: adjustment.reference,
          payload: toPayload(adjustment),
          requestedBy: actor.id!,
          expiresAt: this.clock.now() + APPROVAL_LIFE_MS,
        })
        return ok({ status: 'awaiting_approval', approvalId } as const)
      }
      const posted = await this.adjuster.post(trx, adjustment, actor)
      return posted.ok ? ok({ status: 'posted', transferId: posted.value.id } as const) : posted
    })
  }
}
