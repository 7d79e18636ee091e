import MarketSettlement from '#markets/models/market_settlement'

/** What the house kept of the stakes, or paid on top of them, by the settlement that stands. */
export function houseResultOf(settlements: MarketSettlement[]) {
  const standing = settlements.find(
    ({ kind, status, reversedAt }) => kind !== 'reverse' && status === 'done' && !reversedAt
  )
  return standing ? standing.stakedMoney.subtract(standing.payoutMoney) : null
}

/** Every decision about a market, newest first, and the one that is not carried out yet. */
export async function marketSettlements(marketId: number) {
  const settlements = await MarketSettlement.query().where('marketId', marketId).orderBy('id', 'desc')
  return {
    settlements,
    pending: settlements.find(({ status }) => status === 'waiting' || status === 'running') ?? null,
  }
}
