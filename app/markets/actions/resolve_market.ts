import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { readEvidence, readNote, type Decided, type DecisionInput } from '#markets/settlement/input'
import { findMarket, lockMarket } from '#markets/settlement/locks'
import { hasChanged, seenOf, SettlementPlans } from '#markets/settlement/plan'
import { maySettle } from '#markets/settlement/rules'
import { SettlementDesk } from '#markets/settlement/settlement_desk'
import type { Outcome } from '#markets/values'

export interface ResolveInput extends DecisionInput {
  result: Outcome
  /** Where one can read how it ended. */
  evidenceUrl: string | null
  /** The end date has not come, and it is meant. */
  confirmEarly: boolean
}

/**
 * Says how a market ended and has its bets settled; above the sum of the settings once a second admin has agreed. An
 * active one is closed by it. Refuses `evidence_invalid`, `evidence_required` (a link or a note), `note_too_long`,
 * `market_not_found`, `market_is_draft`, `already_resolved`, `already_cancelled`, `settlement_waiting`,
 * `settlement_running`, `not_ended`, or `preview_stale` when bets came in since.
 */
@inject()
export class ResolveMarket {
  constructor(
    private clock: Clock,
    private plans: SettlementPlans,
    private desk: SettlementDesk
  ) {}

  async handle(input: ResolveInput): Promise<Result<Decided>> {
    const evidence = readEvidence(input.evidenceUrl)
    if (!evidence.ok) return evidence
    const note = readNote(input.note, false)
    if (!note.ok) return note
    if (!evidence.value && !note.value) return refuse('evidence_required')
    const planned = await findMarket(input)
    if (!planned) return refuse('market_not_found')
    const plan = await this.plans.of(planned, input.result)

    return transaction(async (trx) => {
      const market = await lockMarket(trx, planned.id)
      const free = await maySettle(trx, market)
      if (!free.ok) return free
      const isEarly = this.clock.now() < market.endsAt
      if (isEarly && !input.confirmEarly) return refuse('not_ended')
      const { bets, winners, staked, fee, shared } = plan
      const payout = plan.payout + plan.refunds
      const isExpected = input.expected === null || input.expected === seenOf(bets, payout)
      if (hasChanged(planned, market) || !isExpected) return refuse('preview_stale')
      const decision = {
        ...{ kind: 'resolve' as const, result: input.result, evidenceUrl: evidence.value, note: note.value, isEarly },
        ...{ bets, winners, staked, payout, fee, shared },
      }
      return ok(await this.desk.file(trx, market, decision, input.actor))
    })
  }
}
