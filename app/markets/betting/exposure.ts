import { booksWith, worstCaseOf, type Books, type PricedStake } from '#markets/pricing/books'
import { pricingOf } from '#markets/pricing/pricings'

/** What the house may lose at worst, in minor units of PRED: by a customer's open bets, by a market, by all of them. */
export interface Exposures {
  customer: bigint
  market: bigint
  house: bigint
}

/** What the exposures would be with that bet. Nothing is at risk where the pool pays. */
export function exposuresWith(books: Books, before: Exposures, bet: PricedStake): Exposures {
  if (!pricingOf(books.pricing).locksOdds) return before
  const after = worstCaseOf(booksWith(books, bet))
  return {
    customer: before.customer + bet.potential - bet.stake,
    market: after,
    house: before.house + after - before.market,
  }
}
