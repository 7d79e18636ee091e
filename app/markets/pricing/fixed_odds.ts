import { divide } from '#core/money/rounding'
import { poolOf, type Price, type PriceLimits, type Pricing, type Pools } from '#markets/pricing/pricing'
import type { Outcome } from '#markets/values'

/** Of a market without bets. */
const FIRST_ODDS = 200

/**
 * Odds locked when a bet is taken: `(total pool + stake) / (outcome's pool + stake)`, 2.00 when the market is empty,
 * rounded half up to two decimals; the win is stake x odds rounded down (`domains.md` section 6). `maxOdds` caps them,
 * since the formula alone can be pumped (`decisions.md`, Money).
 */
export class FixedOdds implements Pricing {
  readonly mode = 'fixed_odds'
  readonly locksOdds = true

  price(pools: Pools, outcome: Outcome, stake: bigint, { maxOdds }: PriceLimits): Price {
    const total = pools.yesPool + pools.noPool
    const exact =
      total === 0n ? FIRST_ODDS : Number(divide((total + stake) * 100n, poolOf(pools, outcome) + stake, 'halfUp'))
    const odds = Math.min(exact, maxOdds)
    return { odds, potential: (stake * BigInt(odds)) / 100n }
  }
}
