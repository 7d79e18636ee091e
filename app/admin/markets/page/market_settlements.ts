import MarketSettlement from '#markets/models/market_settlement'

/** Every decision about a market, newest first, and the one that is not carried out yet. */
export async function marketSettlements(marketId: number) {
  const settlements = await MarketSettlement.query().where('marketId', marketId).orderBy('id', 'desc')
  return {
    settlements,
    pending: settlements.find(({ status }) => status === 'waiting' || status === 'running') ?? null,
  }
}
