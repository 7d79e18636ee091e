import type { Outcome, PricingMode } from '#markets/values'

/** What a price depends on: PRED in minor units. */
export interface Pools {
  yesPool: bigint
  noPool: bigint
}

/** What a stake would be taken at, its own effect included. */
export interface Price {
  /** Hundredths: 250 pays two and a half times the stake. */
  odds: number
  /** Paid if it wins, stake included, in minor units: promised where odds are locked, otherwise as things stand. */
  potential: bigint
}

export interface PriceLimits {
  /** Hundredths. */
  maxOdds: number
  /** Of a parimutuel pool, in hundredths of a per cent. */
  feePoints: number
}

/** One way to price bets and to share out what was staked. */
export interface Pricing {
  readonly mode: PricingMode
  /** Whether a bet is owed its potential win: otherwise the pool is shared. */
  readonly locksOdds: boolean
  price(pools: Pools, outcome: Outcome, stake: bigint, limits: PriceLimits): Price
}

export const poolOf = ({ yesPool, noPool }: Pools, outcome: Outcome) => (outcome === 'YES' ? yesPool : noPool)

/** The pools once that stake is in. */
export const poolsWith = ({ yesPool, noPool }: Pools, outcome: Outcome, stake: bigint): Pools =>
  outcome === 'YES' ? { yesPool: yesPool + stake, noPool } : { yesPool, noPool: noPool + stake }
