import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { auditedMarket } from '#markets/editing/audited'
import Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'

/**
 * Removes a market that nobody has bet on; the audit log keeps what it was. Refuses with `market_not_found`,
 * `market_has_bets`, or `market_was_settled` once a decision about it is on record.
 */
@inject()
export class DeleteMarket {
  constructor(private audit: Audit) {}

  async handle({ marketId, actor }: { marketId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const market = await Market.query({ client: trx }).where('id', marketId).forUpdate().first()
      if (!market) return refuse('market_not_found')
      if (market.bets > 0) return refuse('market_has_bets')
      const settlement = await MarketSettlement.query({ client: trx }).where('marketId', marketId).first()
      if (settlement) return refuse('market_was_settled')

      const { status } = market
      await market.delete()
      await this.audit.record(trx, {
        actor,
        action: 'market.deleted',
        subjectType: 'market',
        subjectId: market.id,
        before: { status, ...auditedMarket(market) },
      })
      return ok(market)
    })
  }
}
