import { refuse } from '#core/result'
import type { MarketFields, MarketLimits } from '#markets/editing/market_input'
import type Market from '#markets/models/market'

/**
 * What may not change any more: nothing of a market that is over, the end once it has come, and with bets what they
 * were made on. Refuses with `market_not_editable`, `market_ended`, `date_in_past` or `market_has_bets`.
 */
export function faultOfChange(market: Market, fields: MarketFields & MarketLimits, now: number) {
  if (market.status !== 'draft' && market.status !== 'active') return refuse('market_not_editable')
  if (fields.endsAt !== market.endsAt) {
    if (market.status === 'active' && market.endsAt <= now) return refuse('market_ended')
    if (fields.endsAt <= now) return refuse('date_in_past')
  }
  const isFeeChanged = fields.feePoints !== undefined && fields.feePoints !== market.feePoints
  if (market.bets > 0 && (fields.pricing !== market.pricing || isFeeChanged)) return refuse('market_has_bets')
  return null
}
