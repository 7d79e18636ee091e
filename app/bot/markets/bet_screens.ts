import { InlineKeyboard } from 'grammy'
import { Money } from '#core/money/money'
import type Bet from '#markets/models/bet'
import { BET_STATES, CustomerBetsQuery, type BetState } from '#markets/queries/customer_bets_query'
import type { BotContext } from '#bot/context'
import { oddsText, outcomeName, potentialOf, promised } from '#bot/markets/odds_text'
import { betData, betsPageData, marketData, marketsData } from '#bot/screens/market_data'
import { pageButtons } from '#bot/screens/page_buttons'
import { navigation, type Screen } from '#bot/screens/screen'
import { cutText } from '#bot/texts/cut_text'
import { momentText } from '#bot/texts/moment_text'

const PER_PAGE = 8

/** Of a title on a button: what a phone shows beside the sum. */
const SHORT_TITLE = 30

export interface BetsPlace {
  state: BetState
  page: number
}

/** Open bets, or those that are settled when there is no open one. */
export async function betsScreen(ctx: BotContext, place?: BetsPlace): Promise<Screen> {
  const query = await ctx.make(CustomerBetsQuery)
  const counts = await query.counts(ctx.customer.id)
  const { state, page } = place ?? { state: counts.open > 0 || counts.settled === 0 ? 'open' : 'settled', page: 1 }
  const bets = await query.page(ctx.customer.id, state, { page, perPage: PER_PAGE })
  const rows = bets.all().map((bet) => [InlineKeyboard.text(lineOf(ctx, bet), betData.pack({ bet: bet.reference }))])
  const pages = pageButtons({ pack: ({ page: to }) => betsPageData.pack({ state, page: to }) }, page, bets)
  const tabs = BET_STATES.filter((one) => one !== state && counts[one] > 0).map((one) =>
    InlineKeyboard.text(
      ctx.label(`bot_markets.bets_${one}_button`, { count: counts[one] }),
      betsPageData.pack({ state: one, page: 1 })
    )
  )
  const isNone = counts.open + counts.settled === 0
  return {
    text: ctx.t(isNone ? 'bot_markets.bets_none' : `bot_markets.bets_${state}`, { count: counts[state] }),
    keyboard: InlineKeyboard.from([...rows, pages, tabs, ...navigation(ctx, marketsData.pack({})).inline_keyboard]),
  }
}

/** `🏆 YES · 185 PRED · Will Bitcoin close above…`: the stake, or what came of it. */
function lineOf(ctx: BotContext, bet: Bet) {
  return ctx.label('bot_markets.bet_line', {
    mark: ctx.label(`bot_markets.marks.${bet.status}`),
    outcome: outcomeName(ctx, bet.outcome),
    amount: bet.payoutMoney?.isZero === false ? bet.payoutMoney : bet.stakeMoney,
    title: cutText(bet.market.title, SHORT_TITLE),
  })
}

/** One bet in full, and the market it is on. */
export async function betPage(ctx: BotContext, bet: Bet): Promise<Screen> {
  const { market, outcome, odds, status, stakeMoney: stake, granted, createdAt, settledAt, reference } = bet
  const text = [
    ctx.t('bot_markets.bet', { title: market.title, outcome: outcomeName(ctx, outcome), reference }),
    [
      ctx.t('bot_markets.bet_stake', { stake, gift: Money.of(granted, 'PRED'), gifted: granted === 0n ? 'no' : 'yes' }),
      odds === null ? ctx.t('bot_markets.bet_pool') : ctx.t('bot_markets.bet_odds', { odds: oddsText(ctx, odds) }),
      await resultText(ctx, bet),
    ].join('\n'),
    [
      ctx.t('bot_markets.bet_when', { at: await momentText(ctx, createdAt) }),
      settledAt && status !== 'open' ? ctx.t('bot_markets.bet_settled', { at: await momentText(ctx, settledAt) }) : '',
    ]
      .filter(Boolean)
      .join('\n'),
  ]
  const open = InlineKeyboard.text(
    ctx.label('notifications.buttons.market'),
    marketData.pack({ market: market.reference })
  )
  const back = betsPageData.pack({ state: status === 'open' ? 'open' : 'settled', page: 1 })
  return { text: text.join('\n\n'), keyboard: InlineKeyboard.from([[open], ...navigation(ctx, back).inline_keyboard]) }
}

async function resultText(ctx: BotContext, bet: Bet) {
  const { market, status, payoutMoney } = bet
  if (status !== 'open') return ctx.t(`bot_markets.bet_${status}`, { payout: payoutMoney ?? bet.stakeMoney })
  const isBeingSettled = ['resolved', 'cancelled'].includes(market.status)
  if (isBeingSettled) return ctx.t('bot_markets.mine_waiting')
  return ctx.t('bot_markets.bet_open', { potential: await potentialOf(ctx, market, bet), promised: promised(market) })
}
