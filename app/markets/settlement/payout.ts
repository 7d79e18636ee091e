import { poolOf, type Pools } from '#markets/pricing/pricing'
import type { Outcome } from '#markets/values'

/** What a settlement has decided about a market; amounts in minor units. */
export interface Decision {
  /** Null: everybody gets their stake back. */
  result: Outcome | null
  /** What winners share in proportion to their stakes; null where each is owed its potential. */
  shared: bigint | null
  /** Stakes on the result. */
  winningPool: bigint
}

interface Staked {
  outcome: Outcome
  stake: bigint
  potential: bigint
}

/** A pool on whose result nobody bet is given back. */
export function decisionOf(pools: Pools, result: Outcome | null, shared: bigint | null): Decision {
  const winningPool = result ? poolOf(pools, result) : 0n
  const isRefund = result === null || (shared !== null && winningPool === 0n)
  return { result: isRefund ? null : result, shared, winningPool }
}

/** What becomes of one bet. A share of the pool is rounded down. */
export function settle({ outcome, stake, potential }: Staked, { result, shared, winningPool }: Decision) {
  if (result === null) return { status: 'refunded', payout: stake } as const
  if (outcome !== result) return { status: 'lost', payout: 0n } as const
  return { status: 'won', payout: shared === null ? potential : (shared * stake) / winningPool } as const
}
