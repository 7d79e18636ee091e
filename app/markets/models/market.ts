import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { MarketSchema } from '#database/schema'
import { Money } from '#core/money/money'
import MarketCategory from '#markets/models/market_category'
import { houseResultIf, worstCaseOf } from '#markets/pricing/books'
import { pricingOf } from '#markets/pricing/pricings'
import type { MarketStatus, Outcome, PricingMode } from '#markets/values'

/** A question with two outcomes that customers bet PRED on. */
export default class Market extends MarketSchema {
  static table = 'markets'

  declare status: MarketStatus
  declare result: Outcome | null
  declare pricing: PricingMode

  @belongsTo(() => MarketCategory, { foreignKey: 'categoryId' })
  declare category: BelongsTo<typeof MarketCategory>

  get pool() {
    return Money.of(this.yesPool + this.noPool, 'PRED')
  }

  get bets() {
    return this.yesBets + this.noBets
  }

  get pricingMode() {
    return pricingOf(this.pricing)
  }

  /** Whether a bet may be taken at that moment. */
  isOpenAt(now: number) {
    return this.status === 'active' && now < this.endsAt
  }

  /** What the house has left if it ends so, in minor units: negative when it pays more than was staked. */
  houseResultIf(outcome: Outcome): bigint {
    return houseResultIf(outcome, this)
  }

  /** What the house loses at worst, zero or more, in minor units. */
  get worstCase(): bigint {
    return worstCaseOf(this)
  }
}
