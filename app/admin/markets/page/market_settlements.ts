import MarketSettlement from '#markets/models/market_settlement'

/** Every decision about a market, newest first: the one not carried out yet, and the one that stands. */
export async function marketSettlements(marketId: number) {
  const settlements = await MarketSettlement.query().where('marketId', marketId).orderBy('id', 'desc')
  return {
    settlements,
    pending: settlements.find(({ status }) => status === 'waiting' || status === 'running') ?? null,
    standing: settlements.find(stands) ?? null,
  }
}

const stands = ({ kind, status, reversedAt }: MarketSettlement) =>
  kind !== 'reverse' && status === 'done' && reversedAt === null
