import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { MarketSettlementSchema } from '#database/schema'
import { SYSTEM_ACTOR, type Actor } from '#core/contracts/audit'
import { Money } from '#core/money/money'
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

  get payoutMoney() {
    return Money.of(this.payout, 'PRED')
  }

  get stakedMoney() {
    return Money.of(this.staked, 'PRED')
  }

  get owedMoney() {
    return Money.of(this.owed, 'PRED')
  }

  /** Whose word the ledger names: the admin who asked for it. */
  get decidedBy(): Actor {
    if (this.requestedBy === null) return { ...SYSTEM_ACTOR, name: this.requestedByName }
    return { type: 'admin', id: this.requestedBy, name: this.requestedByName }
  }
}
