import { boughtPart } from '#markets/pricing/bought_part'
import { feeOf } from '#markets/pricing/parimutuel'
import { poolOf, type Price } from '#markets/pricing/pricing'
import { pricingOf } from '#markets/pricing/pricings'
import { OUTCOMES, type Outcome, type PricingMode } from '#markets/values'

/** What a market has taken in and promised, in minor units of PRED: a market itself, or how it would be. */
export interface Books {
  pricing: PricingMode
  /** Of a pool; null while nobody has set it, and then counted as none: winners could not share more. */
  feePoints: number | null
  yesPool: bigint
  noPool: bigint
  /** What bets would be paid if that outcome came true, stakes included; 0 where the pool pays. */
  yesPotential: bigint
  noPotential: bigint
  /** The parts of all those that were bought, and would be paid as bought. */
  yesBought: bigint
  noBought: bigint
  yesBoughtPotential: bigint
  noBoughtPotential: bigint
}

/** A stake at its price. */
export interface PricedStake extends Price {
  outcome: Outcome
  stake: bigint
  /** The part of the stake that was bought. */
  bought: bigint
}

/** Field by field: those of a market are not its own properties. */
export const booksOf = (books: Books): Books => ({
  ...{ pricing: books.pricing, feePoints: books.feePoints },
  ...{ yesPool: books.yesPool, noPool: books.noPool },
  ...{ yesPotential: books.yesPotential, noPotential: books.noPotential },
  ...{ yesBought: books.yesBought, noBought: books.noBought },
  ...{ yesBoughtPotential: books.yesBoughtPotential, noBoughtPotential: books.noBoughtPotential },
})

/** The books with one more bet in them. */
export function booksWith(books: Books, bet: PricedStake): Books {
  const owed = pricingOf(books.pricing).locksOdds ? bet.potential : 0n
  const owedAsBought = boughtPart(owed, bet)
  return bet.outcome === 'YES'
    ? {
        ...booksOf(books),
        ...{ yesPool: books.yesPool + bet.stake, yesPotential: books.yesPotential + owed },
        ...{ yesBought: books.yesBought + bet.bought, yesBoughtPotential: books.yesBoughtPotential + owedAsBought },
      }
    : {
        ...booksOf(books),
        ...{ noPool: books.noPool + bet.stake, noPotential: books.noPotential + owed },
        ...{ noBought: books.noBought + bet.bought, noBoughtPotential: books.noBoughtPotential + owedAsBought },
      }
}

/** What the house has left if it ends so: negative when it pays more than was staked. Where the pool pays, nothing. */
export function houseResultIf(
  outcome: Outcome,
  { pricing, yesPool, noPool, yesPotential, noPotential }: Books
): bigint {
  if (!pricingOf(pricing).locksOdds) return 0n
  return yesPool + noPool - (outcome === 'YES' ? yesPotential : noPotential)
}

/**
 * What is left of the bought points if it ends so: negative when winners get more of them than all bettors brought,
 * which others paid for in granted ones.
 */
export function boughtResultIf(outcome: Outcome, books: Books): bigint {
  const staked = books.yesBought + books.noBought
  if (pricingOf(books.pricing).locksOdds) {
    return staked - (outcome === 'YES' ? books.yesBoughtPotential : books.noBoughtPotential)
  }
  const winners = poolOf(books, outcome)
  // A pool that nobody wins is given back.
  if (winners === 0n) return 0n
  const pool = books.yesPool + books.noPool
  const shared = pool - feeOf(pool, books.feePoints ?? 0)
  return staked - (shared * (outcome === 'YES' ? books.yesBought : books.noBought)) / winners
}

/**
 * What the house loses at worst, zero or more: of all points, or of the bought ones alone where that is more. Granted
 * stakes cost nothing, so they can't make up for bought points that are paid out.
 */
export function worstCaseOf(books: Books): bigint {
  const results = OUTCOMES.flatMap((outcome) => [houseResultIf(outcome, books), boughtResultIf(outcome, books)])
  return -results.reduce((worst, result) => (result < worst ? result : worst), 0n)
}
