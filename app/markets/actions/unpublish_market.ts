import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import Market from '#markets/models/market'

/**
 * Makes an open market a draft again, as long as nobody has bet on it. Refuses with `market_not_found`,
 * `market_not_active` or `market_has_bets`.
 */
@inject()
export class UnpublishMarket {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ marketId, actor }: { marketId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const market = await Market.query({ client: trx }).where('id', marketId).forUpdate().first()
      if (!market) return refuse('market_not_found')
      if (market.status !== 'active') return refuse('market_not_active')
      if (market.bets > 0) return refuse('market_has_bets')

      const changes = { status: 'draft', publishedAt: null, updatedAt: this.clock.now() } as const
      await market.merge({ ...changes, revision: market.revision + 1 }).save()
      await this.audit.record(trx, {
        actor,
        action: 'market.unpublished',
        subjectType: 'market',
        subjectId: market.id,
        before: { status: 'active' },
        after: { status: 'draft' },
      })
      return ok(market)
    })
  }
}
