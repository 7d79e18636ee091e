import { formatOdds } from '#markets/betting/bet_quote'
import { readBetTerms, termsOf } from '#markets/betting/bet_terms'
import type Market from '#markets/models/market'
import { poolShares, presentOdds, presentPotential } from '#markets/pricing/present_odds'
import type { Outcome } from '#markets/values'
import { Money } from '#core/money/money'
import type { BotContext } from '#bot/context'

const BLOCKS = 10

/** `1.85`, as people of that language write it; from hundredths. */
export const oddsText = (ctx: BotContext, odds: number) =>
  new Intl.NumberFormat(ctx.locale, { minimumFractionDigits: 2 }).format(formatOdds(odds) as Intl.StringNumericLiteral)

/** What each side is worth now: `{ yes: '1.85', no: '2.17' }`. */
export interface WordedOdds {
  [name: string]: string
  yes: string
  no: string
}

export async function oddsOf(ctx: BotContext, market: Market): Promise<WordedOdds> {
  const odds = presentOdds(market, termsOf(market, await readBetTerms(ctx.deps.settings)))
  return { yes: oddsText(ctx, odds.YES), no: oddsText(ctx, odds.NO) }
}

/** The pool as blocks, `🟩🟩🟩🟩🟩🟩🟧🟧🟧🟧`: a side that has any of it has one at least. */
export function oddsBar(market: Market) {
  const { YES: share } = poolShares(market)
  const exact = Math.round((share * BLOCKS) / 100)
  const [least, most] = [market.yesPool > 0n ? 1 : 0, market.noPool > 0n ? BLOCKS - 1 : BLOCKS]
  const yes = market.pool.isZero ? exact : Math.min(Math.max(exact, least), most)
  return '🟩'.repeat(yes) + '🟧'.repeat(BLOCKS - yes)
}

export const sharesOf = (market: Market) => {
  const { YES: yes, NO: no } = poolShares(market)
  return { yes_share: yes, no_share: no }
}

interface Stake {
  outcome: Outcome
  stake: bigint
  potential: bigint
}

/** What open bets bring if they win: promised, or as the pool is now. */
export async function potentialOf(ctx: BotContext, market: Market, { outcome, stake, potential }: Stake) {
  if (market.pricingMode.locksOdds) return Money.of(potential, 'PRED')
  const terms = termsOf(market, await readBetTerms(ctx.deps.settings))
  return Money.of(presentPotential(market, { outcome, stake }, terms), 'PRED')
}

/** Whether odds are promised, as texts ask for it. */
export const promised = ({ pricingMode }: Market) => (pricingMode.locksOdds ? 'yes' : 'no')

export const outcomeName = (ctx: BotContext, outcome: Outcome) => ctx.label(`bot_markets.outcomes.${outcome}`)
