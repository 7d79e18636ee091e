import type { Price } from '#markets/pricing/pricing'
import { pricingOf } from '#markets/pricing/pricings'
import type { Outcome, PricingMode } from '#markets/values'

/** What a market has taken in and promised, in minor units of PRED: a market itself, or how it would be. */
export interface Books {
  pricing: PricingMode
  yesPool: bigint
  noPool: bigint
  /** What bets would be paid if that outcome came true, stakes included; 0 where the pool pays. */
  yesPotential: bigint
  noPotential: bigint
}

/** A stake at its price. */
export interface PricedStake extends Price {
  outcome: Outcome
  stake: bigint
}

export const booksOf = ({ pricing, yesPool, noPool, yesPotential, noPotential }: Books): Books => ({
  ...{ pricing, yesPool, noPool, yesPotential, noPotential },
})

/** The books with one more bet in them. */
export function booksWith(books: Books, { outcome, stake, potential }: PricedStake): Books {
  const owed = pricingOf(books.pricing).locksOdds ? potential : 0n
  const { yesPool, noPool, yesPotential, noPotential } = books
  return outcome === 'YES'
    ? { ...booksOf(books), yesPool: yesPool + stake, yesPotential: yesPotential + owed }
    : { ...booksOf(books), noPool: noPool + stake, noPotential: noPotential + owed }
}

/** What the house has left if it ends so: negative when it pays more than was staked. Where the pool pays, nothing. */
export function houseResultIf(
  outcome: Outcome,
  { pricing, yesPool, noPool, yesPotential, noPotential }: Books
): bigint {
  if (!pricingOf(pricing).locksOdds) return 0n
  return yesPool + noPool - (outcome === 'YES' ? yesPotential : noPotential)
}

/** What the house loses at worst, zero or more. */
export function worstCaseOf(books: Books): bigint {
  const [yes, no] = [houseResultIf('YES', books), houseResultIf('NO', books)]
  const worst = yes < no ? yes : no
  return worst < 0n ? -worst : 0n
}
