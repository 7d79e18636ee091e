import { Money } from '#core/money/money'
import type { Refusal, Refused } from '#core/result'
import type { BetTerms } from '#markets/betting/bet_terms'
import type Market from '#markets/models/market'
import { poolsWith, type Pools } from '#markets/pricing/pricing'
import type { Outcome } from '#markets/values'

/** What a screen shows before the customer bets. Odds in hundredths. */
export interface BetQuote {
  market: Market
  outcome: Outcome
  stake: Money
  /** At which the stake would be taken, its own effect included: the bet hands them back as `shownOdds`. */
  odds: number
  /** Paid if it wins, stake included: promised where odds are locked, otherwise as things stand. */
  potential: Money
  /** Whether odds and potential are promised. */
  isPromised: boolean
  /** Of the smallest stake, before this one and after it. */
  oddsBefore: number
  oddsAfter: number
  /** It pays back no more than it costs. */
  canWinNothing: boolean
}

/** The bet was not taken: what was shown holds no more. */
export interface OddsMoved {
  code: 'odds_moved'
  params: { odds: string; shown: string }
  /** As it would be taken now. */
  quote: BetQuote
}

/** `terms` are the market's. */
export function quoteOf(market: Market, outcome: Outcome, stake: bigint, terms: BetTerms): BetQuote {
  const { pricingMode } = market
  const oddsOf = (pools: Pools) => pricingMode.price(pools, outcome, terms.minStake, terms).odds
  const { odds, potential } = pricingMode.price(market, outcome, stake, terms)
  return {
    market,
    outcome,
    stake: Money.of(stake, 'PRED'),
    odds,
    potential: Money.of(potential, 'PRED'),
    isPromised: pricingMode.locksOdds,
    oddsBefore: oddsOf(market),
    oddsAfter: oddsOf(poolsWith(market, outcome, stake)),
    canWinNothing: potential <= stake,
  }
}

/** Odds for people: `2.05`. */
export const formatOdds = (odds: number) => `${Math.floor(odds / 100)}.${String(odds % 100).padStart(2, '0')}`

export function refuseOddsMoved(quote: BetQuote, shown: number): Refused<OddsMoved> {
  const params = { odds: formatOdds(quote.odds), shown: formatOdds(shown) }
  return { ok: false, refusal: { code: 'odds_moved', params, quote } }
}

export const isOddsMoved = (refusal: Refusal): refusal is OddsMoved =>
  refusal.code === 'odds_moved' && 'quote' in refusal
