import { MarketPositionSchema } from '#database/schema'
import type { Outcome } from '#markets/values'

/** A customer's side of a market, and what they have on it. */
export default class MarketPosition extends MarketPositionSchema {
  static table = 'market_positions'

  declare outcome: Outcome
}
