import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import type { Result } from '#core/result'
import type Market from '#markets/models/market'
import { ReversalPreviewQuery } from '#markets/queries/reversal_preview_query'
import { SettlementPreviewQuery } from '#markets/queries/settlement_preview_query'
import { reversible } from '#markets/settlement/reversible'
import { maySettle, notBeingSettled } from '#markets/settlement/rules'
import { predNow, settlementApprovalAbove } from '#markets/settings'
import { OUTCOMES, type Outcome } from '#markets/values'
import { refusalText } from '#admin/shared/words'

/** What is shown before a decision about a market, and why there may be none. */
@inject()
export class DecisionPages {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private settlement: SettlementPreviewQuery,
    private reversals: ReversalPreviewQuery
  ) {}

  /** Goes back to the market with the reason when it can't be resolved or cancelled now. */
  refusesDecision(ctx: HttpContext, market: Market) {
    return this.#refuses(ctx, market, () => transaction((trx) => maySettle(trx, market)))
  }

  refusesReversal(ctx: HttpContext, market: Market) {
    return this.#refuses(ctx, market, () =>
      transaction(async (trx) => {
        const free = await notBeingSettled(trx, market)
        return free.ok ? reversible(trx, market, this.settings, this.clock.now()) : free
      })
    )
  }

  /** Both outcomes beside each other, and the chosen one in full. */
  async resolution(market: Market, result: Outcome | null) {
    const previews = await Promise.all(
      OUTCOMES.map(async (outcome) => ({
        outcome,
        preview: await this.settlement.run({ marketId: market.id, kind: 'resolve', result: outcome }),
      }))
    )
    const preview = previews.find(({ outcome }) => outcome === result)?.preview ?? null
    return { market, previews, result, preview, approvalAbove: await this.#approvalAbove() }
  }

  async cancellation(market: Market) {
    const preview = await this.settlement.run({ marketId: market.id, kind: 'cancel' })
    return { market, preview, approvalAbove: await this.#approvalAbove() }
  }

  async reversal(market: Market) {
    const preview = await this.reversals.run({ marketId: market.id })
    return { market, preview: preview!, approvalAbove: await this.#approvalAbove() }
  }

  #approvalAbove() {
    return predNow(this.settings, settlementApprovalAbove)
  }

  async #refuses({ response, session }: HttpContext, market: Market, ask: () => Promise<Result<unknown>>) {
    const answer = await ask()
    if (answer.ok) return false
    session.flash('warning', refusalText(answer.refusal))
    response.redirect().toPath(`/admin/markets/${market.reference}`)
    return true
  }
}
