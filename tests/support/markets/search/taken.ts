import { feeOf } from '#markets/pricing/parimutuel'
import { OUTCOMES, type Outcome, type PricingMode } from '#markets/values'

/** A bet that was taken, as the customers remember it. */
export interface Taken {
  customer: number
  market: number
  outcome: Outcome
  stake: bigint
  /** The part of the stake that was bought. */
  bought: bigint
  /** Promised where odds are locked. */
  potential: bigint
}

/** What they take out of a market if it ends so, less what they put in: of all points, and of the bought ones. */
export function gainOf(bets: readonly Taken[], result: Outcome, pricing: PricingMode, feePoints: number) {
  const winners = bets.filter(({ outcome }) => outcome === result)
  const [pool, winning] = [sum(bets.map(({ stake }) => stake)), sum(winners.map(({ stake }) => stake))]
  if (pricing === 'parimutuel' && winning === 0n) return { all: 0n, bought: 0n }
  const shared = pool - feeOf(pool, feePoints)
  const paid = winners.map(({ stake, bought, potential }) => {
    const payout = pricing === 'parimutuel' ? (shared * stake) / winning : potential
    return { payout, bought: (payout * bought) / stake }
  })
  return {
    all: sum(paid.map(({ payout }) => payout)) - pool,
    bought: sum(paid.map(({ bought }) => bought)) - sum(bets.map(({ bought }) => bought)),
  }
}

/** The most of either sort that they take by any result. */
export function worstOf(bets: readonly Taken[], pricing: PricingMode, feePoints: number) {
  const gains = OUTCOMES.map((outcome) => gainOf(bets, outcome, pricing, feePoints))
  return { all: most(gains.map(({ all }) => all)), bought: most(gains.map(({ bought }) => bought)) }
}

export const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n)

/** Zero or more. */
export const most = (values: readonly bigint[]) => values.reduce((a, b) => (a > b ? a : b), 0n)
