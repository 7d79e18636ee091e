import { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import type { BetTerms } from '#markets/betting/bet_terms'
import { exposuresWith, type Exposures } from '#markets/betting/exposure'
import { largestStake } from '#markets/betting/largest_stake'
import type Market from '#markets/models/market'
import type MarketPosition from '#markets/models/market_position'
import type { Books, PricedStake } from '#markets/pricing/books'
import type { Price } from '#markets/pricing/pricing'
import { pricingOf } from '#markets/pricing/pricings'
import type { Outcome } from '#markets/values'

/** Who bets on what; the stake in minor units. */
export interface BetWish {
  outcome: Outcome
  stake: bigint
  /** What the customer has bet on in this market already. */
  side: Outcome | null
  /** What their open bets in this market add up to, in minor units. */
  staked: bigint
  /** Their granted points, which a stake is taken from first. */
  free: bigint
}

const LIMITS = [
  { of: 'customer', setting: 'customerExposure', code: 'customer_exposure_limit' },
  { of: 'market', setting: 'marketExposure', code: 'market_exposure_limit' },
  { of: 'house', setting: 'globalExposure', code: 'global_exposure_limit' },
] as const

/** Refuses `market_not_found` for a draft, `market_not_open {status}`, or `market_ended` from the end date on. */
export function checkMarket(market: Market | null, now: number): Result<Market> {
  if (!market || market.status === 'draft') return refuse('market_not_found')
  if (market.status !== 'active') return refuse('market_not_open', { status: market.status })
  return market.isOpenAt(now) ? ok(market) : refuse('market_ended')
}

/** What the customer of a market may have there, as it stands before the bet; `free`: their granted points. */
export const wishOf = (outcome: Outcome, stake: Money, position: MarketPosition | null, free: Money): BetWish => ({
  outcome,
  stake: stake.minor,
  side: position?.outcome ?? null,
  staked: position?.stake ?? 0n,
  free: free.minor,
})

/** What a customer may still add to their bets in a market: none of it may be left, or less than the least stake. */
export const roomOf = (staked: bigint, { customerStake }: BetTerms) =>
  staked < customerStake ? customerStake - staked : 0n

/**
 * Refuses `stake_too_small {min}`, `stake_too_large {max}`, `other_side {outcome}` or `customer_stake_limit {limit, most,
 * possible}`.
 */
export function checkStake({ outcome, stake, side, staked }: BetWish, terms: BetTerms): Result<void> {
  const { minStake, maxStake, customerStake } = terms
  const room = roomOf(staked, terms)
  if (stake < minStake) return refuse('stake_too_small', { min: decimal(minStake) })
  if (stake > maxStake && maxStake <= room) return refuse('stake_too_large', { max: decimal(maxStake) })
  if (side && side !== outcome) return refuse('other_side', { outcome: side })
  if (stake <= room) return ok()
  const possible = room >= minStake
  const most = decimal(possible ? room : 0n)
  return refuse('customer_stake_limit', { limit: decimal(customerStake), most, possible: possible ? 'yes' : 'no' })
}

/** Whether odds are worse than those shown by more than the terms forgive. Better ones never ask again. */
export const haveMoved = (shown: number, { odds }: Pick<Price, 'odds'>, { slippagePoints }: BetTerms) =>
  (shown - odds) * 10_000 > shown * slippagePoints

/**
 * What the house may lose stays within its limits; a bet that adds nothing to it is always taken. Refuses
 * `customer_exposure_limit`, `market_exposure_limit` or `global_exposure_limit`, each with `{limit, most, possible}`:
 * the largest smaller stake that would be taken, and `no` where there is none.
 */
export function checkExposure(books: Books, wish: BetWish, before: Exposures, terms: BetTerms): Result<PricedStake> {
  const bet = priced(books, wish, terms)
  const passed = passedLimit(books, bet, before, terms)
  if (!passed) return ok(bet)
  const most = largestStake(terms.minStake, wish.stake, (stake) => {
    return passedLimit(books, priced(books, { ...wish, stake }, terms), before, terms) === undefined
  })
  const { code, setting } = passed
  return refuse(code, { limit: decimal(terms[setting]), most: decimal(most ?? 0n), possible: most ? 'yes' : 'no' })
}

function priced(books: Books, { outcome, stake, free }: BetWish, terms: BetTerms): PricedStake {
  const bought = stake > free ? stake - free : 0n
  return { outcome, stake, bought, ...pricingOf(books.pricing).price(books, outcome, stake, terms) }
}

function passedLimit(books: Books, bet: PricedStake, before: Exposures, terms: BetTerms) {
  const after = exposuresWith(books, before, bet)
  return LIMITS.find(({ of, setting }) => after[of] > before[of] && after[of] > terms[setting])
}

/** For shells to word: `12.50`. */
const decimal = (minor: bigint) => Money.of(minor, 'PRED').toDecimal()
