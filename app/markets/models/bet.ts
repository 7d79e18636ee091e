import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { BetSchema } from '#database/schema'
import { Money } from '#core/money/money'
import Market from '#markets/models/market'
import type { BetSource, BetStatus, Outcome } from '#markets/values'

/** PRED staked on an outcome. */
export default class Bet extends BetSchema {
  static table = 'bets'

  declare outcome: Outcome
  declare status: BetStatus
  declare source: BetSource

  @belongsTo(() => Market, { foreignKey: 'marketId' })
  declare market: BelongsTo<typeof Market>

  get stakeMoney() {
    return Money.of(this.stake, 'PRED')
  }

  get potentialMoney() {
    return Money.of(this.potential, 'PRED')
  }

  get payoutMoney() {
    return this.payout === null ? null : Money.of(this.payout, 'PRED')
  }
}
