import { Money } from '#core/money/money'
import { formatOdds } from '#markets/betting/bet_quote'
import { termsOf, type BetTerms } from '#markets/betting/bet_terms'
import type Market from '#markets/models/market'
import { poolShares, presentOdds } from '#markets/pricing/present_odds'
import { OUTCOMES, type Outcome } from '#markets/values'
import { formatNumber } from '#admin/shared/format'

/** One outcome of a market, for people. */
export interface Side {
  outcome: Outcome
  /** Of what is staked, in whole per cent. */
  percent: number
  /** `1.61`. */
  odds: string
  pool: Money
  bets: number
  /** What the house has left if it comes true. */
  result: Money
  /** What it then pays out; null where the pool decides. */
  liability: Money | null
}

/** How much of what the house may lose by a market it would lose at worst. */
export type LimitState = 'ok' | 'near' | 'at'

/** From these per cent of its limit on, a market is near it, or takes hardly a bet that adds to the risk. */
export const NEAR_PERCENT = 80
export const AT_PERCENT = 98

export interface MarketFigures {
  pool: Money
  sides: Side[]
  worst: Money
  /** It is the bought points that the house loses so much of: of all points it would be less. */
  isOfBought: boolean
  limit: Money
  used: { percent: number; shown: string; state: LimitState }
}

/** What a market holds and risks, as lists and its page show it. */
export function marketFigures(market: Market, terms: BetTerms): MarketFigures {
  const own = termsOf(market, terms)
  return {
    pool: market.pool,
    sides: sidesOf(market, own),
    worst: pred(-market.worstCase),
    isOfBought: isOfBought(market),
    limit: pred(own.marketExposure),
    used: usedOf(market.worstCase, own.marketExposure),
  }
}

const isOfBought = (market: Market) =>
  market.worstCase > 0n && OUTCOMES.every((outcome) => -market.houseResultIf(outcome) < market.worstCase)

function sidesOf(market: Market, own: BetTerms): Side[] {
  const [odds, shares] = [presentOdds(market, own), poolShares(market)]
  const { locksOdds } = market.pricingMode
  return OUTCOMES.map((outcome) => {
    const isYes = outcome === 'YES'
    return {
      ...{ outcome, percent: shares[outcome], odds: formatOdds(odds[outcome]) },
      pool: pred(isYes ? market.yesPool : market.noPool),
      bets: isYes ? market.yesBets : market.noBets,
      result: pred(market.houseResultIf(outcome)),
      liability: locksOdds ? pred(isYes ? market.yesPotential : market.noPotential) : null,
    }
  })
}

function usedOf(worst: bigint, limit: bigint): MarketFigures['used'] {
  const percent = Number((worst * 100n) / limit)
  const shown = percentShown(worst, limit)
  return { percent, shown, state: percent >= AT_PERCENT ? 'at' : percent >= NEAR_PERCENT ? 'near' : 'ok' }
}

/** `59 %`; a little is more than nothing. */
export function percentShown(part: bigint, whole: bigint): string {
  const percent = Number((part * 100n) / whole)
  return percent === 0 && part > 0n ? '< 1 %' : `${formatNumber(percent)} %`
}

const pred = (minor: bigint) => Money.of(minor, 'PRED')
