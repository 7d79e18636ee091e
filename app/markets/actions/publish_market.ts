import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { freezeFee } from '#markets/editing/frozen_fee'
import { faultOfCategory } from '#markets/editing/market_input'
import Market from '#markets/models/market'

/**
 * Opens a draft for bets; a parimutuel pool keeps the fee of that moment. Refuses with `market_not_found`,
 * `market_changed`, `market_not_draft`, `date_in_past`, `category_archived` or `category_not_found`.
 */
@inject()
export class PublishMarket {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private settings: Settings
  ) {}

  async handle({ marketId, revision, actor }: { marketId: number; revision: number; actor: Actor }) {
    return transaction(async (trx) => {
      const market = await Market.query({ client: trx }).where('id', marketId).forUpdate().first()
      if (!market) return refuse('market_not_found')
      if (market.status !== 'draft') return refuse('market_not_draft')
      if (market.revision !== revision) return refuse('market_changed')
      const now = this.clock.now()
      if (market.endsAt <= now) return refuse('date_in_past')
      const wrong = await faultOfCategory(trx, market.categoryId)
      if (wrong) return wrong

      market.merge({ status: 'active', publishedAt: now, updatedAt: now, revision: revision + 1 })
      await freezeFee(this.settings, trx, market)
      await market.save()
      await this.audit.record(trx, {
        actor,
        action: 'market.published',
        subjectType: 'market',
        subjectId: market.id,
        before: { status: 'draft' },
        after: { status: 'active', endsAt: market.endsAt, feePoints: market.feePoints },
      })
      return ok(market)
    })
  }
}
