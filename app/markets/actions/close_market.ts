import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import Market from '#markets/models/market'

export const CLOSE_REASON_MAX_LENGTH = 500

export interface CloseMarketInput {
  marketId: number
  /** For the audit log; 1 to 500 characters. */
  reason: string
  actor: Actor
}

/**
 * Stops bets on a market before its end. A bet that has the market's lock is taken, every later one is refused. Refuses
 * with `reason_required`, `reason_too_long`, `market_not_found` or `market_not_active`.
 */
@inject()
export class CloseMarket {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ marketId, reason, actor }: CloseMarketInput) {
    const words = reason.trim()
    if (!words) return refuse('reason_required')
    if (words.length > CLOSE_REASON_MAX_LENGTH) return refuse('reason_too_long', { max: CLOSE_REASON_MAX_LENGTH })

    return transaction(async (trx) => {
      const market = await Market.query({ client: trx }).where('id', marketId).forUpdate().first()
      if (!market) return refuse('market_not_found')
      if (market.status !== 'active') return refuse('market_not_active')

      const now = this.clock.now()
      await market.merge({ status: 'closed', closedAt: now, updatedAt: now, revision: market.revision + 1 }).save()
      await this.audit.record(trx, {
        actor,
        action: 'market.closed',
        subjectType: 'market',
        subjectId: market.id,
        before: { status: 'active' },
        after: { status: 'closed', reason: words },
      })
      return ok(market)
    })
  }
}
