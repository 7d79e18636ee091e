import type { Trx } from '#core/database/transaction'
import Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'

/** The market before its settlement, as everybody locks them. */
export async function lockSettlement(trx: Trx, settlementId: number) {
  const { marketId } = await MarketSettlement.findOrFail(settlementId, { client: trx })
  const market = await Market.query({ client: trx }).where('id', marketId).forUpdate().firstOrFail()
  const settlement = await MarketSettlement.query({ client: trx }).where('id', settlementId).forUpdate().firstOrFail()
  return { market, settlement }
}

export interface MarketKey {
  marketId?: number
  reference?: string
}

export const findMarket = ({ marketId, reference }: MarketKey) =>
  marketId === undefined ? Market.findBy('reference', reference ?? '') : Market.find(marketId)

export const lockMarket = (trx: Trx, id: number) =>
  Market.query({ client: trx }).where('id', id).forUpdate().firstOrFail()

/** What waits for a second admin or is being carried out: one at a time. */
export const openSettlement = (trx: Trx, marketId: number) =>
  MarketSettlement.query({ client: trx }).where({ marketId }).whereIn('status', ['waiting', 'running']).first()

/** What the market stands settled by. */
export const currentSettlement = (client: { client?: Trx }, marketId: number) =>
  MarketSettlement.query(client)
    .where({ marketId, status: 'done' })
    .whereNot('kind', 'reverse')
    .whereNull('reversedAt')
    .orderBy('id', 'desc')
    .first()
