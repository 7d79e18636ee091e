import type { BetTerms } from '#markets/betting/bet_terms'
import type { Pools } from '#markets/pricing/pricing'
import { pricingOf } from '#markets/pricing/pricings'
import type { Outcome, PricingMode } from '#markets/values'

export type Odds = Record<Outcome, number>

/** What the smallest stake would be taken at, in hundredths; `terms` are the market's. */
export function presentOdds(market: Pools & { pricing: PricingMode }, terms: BetTerms): Odds {
  const oddsOf = (outcome: Outcome) => pricingOf(market.pricing).price(market, outcome, terms.minStake, terms).odds
  return { YES: oddsOf('YES'), NO: oddsOf('NO') }
}

/** How much of the pool is on each outcome, in whole per cent; equal while nothing is staked. */
export function poolShares({ yesPool, noPool }: Pools): Odds {
  const total = yesPool + noPool
  const yes = total === 0n ? 50 : Number((yesPool * 200n + total) / (total * 2n))
  return { YES: yes, NO: 100 - yes }
}

/** What a stake that is in already would be paid as the pools are now. */
export function presentPotential(
  { pricing, yesPool, noPool }: Pools & { pricing: PricingMode },
  { outcome, stake }: { outcome: Outcome; stake: bigint },
  terms: BetTerms
): bigint {
  const others = outcome === 'YES' ? { yesPool: yesPool - stake, noPool } : { yesPool, noPool: noPool - stake }
  return pricingOf(pricing).price(others, outcome, stake, terms).potential
}
