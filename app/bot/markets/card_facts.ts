import type { MarketCard } from '#markets/queries/market_card_query'
import type Market from '#markets/models/market'
import type { BotContext } from '#bot/context'
import { wordsOf } from '#bot/markets/list_screens'
import { marketsAreOn } from '#bot/markets/markets_are_on'
import { oddsBar, outcomeName, potentialOf, promised, sharesOf } from '#bot/markets/odds_text'
import { momentText } from '#bot/texts/moment_text'
import { timeLeft } from '#bot/texts/time_left'

/** The paragraphs of a card but the description: what is asked, until when, how it stands, and the customer's part. */
export async function cardFacts(ctx: BotContext, card: MarketCard): Promise<string[]> {
  const { market } = card
  const { emoji, name } = wordsOf(ctx, market.category)
  return [
    ctx.t('bot_markets.card', { title: market.title, emoji, category: name }),
    await stateText(ctx, card),
    poolText(ctx, market),
    await ownText(ctx, card),
  ].filter(Boolean)
}

async function stateText(ctx: BotContext, { market, evidenceUrl }: MarketCard) {
  const { status, endsAt, result, settledAt } = market
  if (market.isOpenAt(ctx.deps.clock.now())) {
    const until = ctx.t('bot_markets.ends', { at: await momentText(ctx, endsAt), left: timeLeft(ctx, endsAt) })
    return (await marketsAreOn(ctx)) ? until : `${until}\n${ctx.t('bot_markets.card_off')}`
  }
  if (status === 'cancelled') return ctx.t('bot_markets.cancelled', { settled: settledAt ? 'yes' : 'no' })
  if (status !== 'resolved') return ctx.t('bot_markets.closed')
  const words = ctx.t('bot_markets.resolved', { outcome: outcomeName(ctx, result!) })
  return evidenceUrl ? `${words}\n${ctx.t('bot_markets.evidence', { url: evidenceUrl })}` : words
}

function poolText(ctx: BotContext, market: Market) {
  const { pool, bettors } = market
  return ctx.t('bot_markets.pool', { bar: oddsBar(market), ...sharesOf(market), pool, bettors })
}

/** What the customer has on it and what became of it; bets of one market may be settled one after another. */
async function ownText(ctx: BotContext, { market, own: { open, won, lost, refunded } }: MarketCard) {
  const lines = [
    won ? ctx.t('bot_markets.mine_won', { payout: won.payout, stake: won.stake }) : '',
    lost ? ctx.t('bot_markets.mine_lost', { stake: lost.stake, outcome: outcomeName(ctx, lost.outcome) }) : '',
    refunded ? ctx.t('bot_markets.mine_refunded', { payout: refunded.payout }) : '',
    open ? await openText(ctx, market, open) : '',
  ]
  return lines.filter(Boolean).join('\n')
}

async function openText(ctx: BotContext, market: Market, { outcome, bets, stake, potential }: OpenBets) {
  if (['resolved', 'cancelled'].includes(market.status)) return ctx.t('bot_markets.mine_waiting')
  const minor = { outcome, stake: stake.minor, potential: potential.minor }
  return ctx.t('bot_markets.mine_open', {
    bets,
    stake,
    outcome: outcomeName(ctx, outcome),
    potential: await potentialOf(ctx, market, minor),
    promised: promised(market),
  })
}

type OpenBets = NonNullable<MarketCard['own']['open']>
