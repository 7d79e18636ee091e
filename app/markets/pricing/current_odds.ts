import type { Outcome } from '#markets/values'
import { poolOf, type Pools, type PriceLimits, type Pricing } from '#markets/pricing/pricing'

/**
 * Odds as they stand, in hundredths: what the smallest possible stake would be taken at. Null where a pool without a
 * stake says nothing yet.
 */
export function currentOdds(pricing: Pricing, pools: Pools, outcome: Outcome, limits: PriceLimits): number | null {
  if (!pricing.locksOdds && poolOf(pools, outcome) === 0n) return null
  return pricing.price(pools, outcome, 1n, limits).odds
}

/** Of what is staked, the part on YES in whole per cent, rounded half up; half of nothing is a half. */
export function yesPercent({ yesPool, noPool }: Pools): number {
  const total = yesPool + noPool
  return total === 0n ? 50 : Number((yesPool * 200n + total) / (total * 2n))
}

/** `1.61` of 161. */
export function oddsText(hundredths: number): string {
  return `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}
