import { booksWith, worstCaseOf, type Books, type PricedStake } from '#markets/pricing/books'
import { pricingOf } from '#markets/pricing/pricings'

/** What the house may lose at worst, in minor units of PRED: by a customer's open bets, by a market, by all of them. */
export interface Exposures {
  customer: bigint
  market: bigint
  house: bigint
}

/** What the exposures would be with that bet. A customer risks nothing of the house's where the pool pays. */
export function exposuresWith(books: Books, before: Exposures, bet: PricedStake): Exposures {
  const after = worstCaseOf(booksWith(books, bet))
  return {
    customer: before.customer + (pricingOf(books.pricing).locksOdds ? bet.potential - bet.stake : 0n),
    market: after,
    house: before.house + after - before.market,
  }
}
