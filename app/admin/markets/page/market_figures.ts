import { Money } from '#core/money/money'
import type Market from '#markets/models/market'
import { currentOdds, oddsText, yesPercent } from '#markets/pricing/current_odds'
import { OUTCOMES, type Outcome } from '#markets/values'
import type { MarketTerms } from '#admin/markets/page/market_terms'

/** One outcome of a market, for people. */
export interface Side {
  outcome: Outcome
  /** Of what is staked, in whole per cent. */
  percent: number
  /** `1.61`; null where nothing says yet. */
  odds: string | null
  pool: Money
  /** What the house has left if it comes true. */
  result: Money
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
  limit: Money
  used: { percent: number; state: LimitState }
}

/** What a market holds and risks, as lists and its page show it. */
export function marketFigures(market: Market, terms: MarketTerms): MarketFigures {
  const limit = market.exposureLimit === null ? terms.marketExposure : Money.of(market.exposureLimit, 'PRED')
  return {
    pool: market.pool,
    sides: OUTCOMES.map((outcome) => sideOf(market, outcome, terms)),
    worst: Money.of(-market.worstCase, 'PRED'),
    limit,
    used: usedOf(market.worstCase, limit.minor),
  }
}

function sideOf(market: Market, outcome: Outcome, terms: MarketTerms): Side {
  const yes = yesPercent(market)
  const limits = { maxOdds: terms.maxOdds, feePoints: market.feePoints ?? terms.feePoints }
  const odds = currentOdds(market.pricingMode, market, outcome, limits)
  return {
    outcome,
    percent: outcome === 'YES' ? yes : 100 - yes,
    odds: odds === null ? null : oddsText(odds),
    pool: Money.of(outcome === 'YES' ? market.yesPool : market.noPool, 'PRED'),
    result: Money.of(market.houseResultIf(outcome), 'PRED'),
  }
}

function usedOf(worst: bigint, limit: bigint): MarketFigures['used'] {
  const percent = Number((worst * 100n) / limit)
  return { percent, state: percent >= AT_PERCENT ? 'at' : percent >= NEAR_PERCENT ? 'near' : 'ok' }
}
