import { divide } from '#core/money/rounding'
import { poolOf, type Price, type PriceLimits, type Pricing, type Pools } from '#markets/pricing/pricing'
import type { Outcome } from '#markets/values'

const ALL_POINTS = 10_000n

/** The pool less a fee, in hundredths of a per cent, rounded up: what winners share. */
export const feeOf = (pool: bigint, feePoints: number) => divide(pool * BigInt(feePoints), ALL_POINTS, 'up')

/**
 * Winners share the pool less a fee in proportion to their stakes, rounded down; what rounding leaves is the house's
 * fee too. The odds shown are those of this moment, rounded down.
 */
export class Parimutuel implements Pricing {
  readonly mode = 'parimutuel'
  readonly locksOdds = false

  price(pools: Pools, outcome: Outcome, stake: bigint, { feePoints }: PriceLimits): Price {
    const total = pools.yesPool + pools.noPool + stake
    const winners = poolOf(pools, outcome) + stake
    const shared = total - feeOf(total, feePoints)
    return { odds: Number((shared * 100n) / winners), potential: (shared * stake) / winners }
  }
}
