import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { MarketSettlementSchema } from '#database/schema'
import Market from '#markets/models/market'
import type { MarketStatus, Outcome, SettlementKind, SettlementStatus } from '#markets/values'

/** One decision about a market, and how far its bets have been settled by it. */
export default class MarketSettlement extends MarketSettlementSchema {
  static table = 'market_settlements'

  declare kind: SettlementKind
  declare result: Outcome | null
  declare status: SettlementStatus
  declare statusBefore: MarketStatus

  @belongsTo(() => Market, { foreignKey: 'marketId' })
  declare market: BelongsTo<typeof Market>
}
