import { InlineKeyboard } from 'grammy'
import MarketCategory from '#markets/models/market_category'
import type Market from '#markets/models/market'
import { OpenMarketsQuery } from '#markets/queries/open_markets_query'
import type { BotContext } from '#bot/context'
import { oddsOf, type WordedOdds } from '#bot/markets/odds_text'
import { listedMarketData, marketData, marketListData, marketsData, myBetsData } from '#bot/screens/market_data'
import { pageButtons } from '#bot/screens/page_buttons'
import { inRows, navigation, type Screen } from '#bot/screens/screen'
import { cutText } from '#bot/texts/cut_text'
import { timeLeft } from '#bot/texts/time_left'

const PER_PAGE = 8
const PROMOTED = 3

/** Of a title on a button: what a phone shows beside the odds. */
const SHORT_TITLE = 30

export interface ListPlace {
  /** Its id, or `all`. */
  category: string
  page: number
}

/** Promoted markets, and the categories with how many markets each has. */
export async function overviewScreen(ctx: BotContext): Promise<Screen> {
  const query = await ctx.make(OpenMarketsQuery)
  const categories = await query.categories()
  const count = categories.reduce((total, { markets }) => total + markets, 0)
  const first = await query.page({ perPage: PROMOTED })
  const promoted = await Promise.all(
    first
      .all()
      .filter(({ isPromoted }) => isPromoted)
      .map(async (market) => [
        InlineKeyboard.text(
          buttonLabel(market, await oddsOf(ctx, market), '🔥'),
          marketData.pack({ market: market.reference })
        ),
      ])
  )
  const all = InlineKeyboard.text(
    ctx.label('bot_markets.all_button', { markets: count }),
    marketListData.pack({ category: 'all', page: 1 })
  )
  const buttons = categories.map(({ category, markets }) =>
    InlineKeyboard.text(
      ctx.label('bot_markets.category_button', { ...wordsOf(ctx, category), markets }),
      marketListData.pack({ category: String(category.id), page: 1 })
    )
  )
  return {
    text: ctx.t(count > 0 ? 'bot_markets.overview' : 'bot_markets.overview_none', { markets: count }),
    keyboard: InlineKeyboard.from([
      ...promoted,
      ...inRows(count > 0 ? [all, ...buttons] : [], 2),
      [myBetsButton(ctx)],
      ...navigation(ctx).inline_keyboard,
    ]),
  }
}

/** A page of open markets in full words, each with a button. A page that is gone by now is the last one. */
export async function listScreen(ctx: BotContext, { category, page }: ListPlace): Promise<Screen> {
  const query = await ctx.make(OpenMarketsQuery)
  const categoryId = category === 'all' ? undefined : Number(category)
  const asked = await query.page({ categoryId, page, perPage: PER_PAGE })
  if (asked.total > 0 && asked.isEmpty) return listScreen(ctx, { category, page: asked.lastPage })

  const listed = await Promise.all(
    asked.all().map(async (market, index) => {
      const [number, odds] = [(page - 1) * PER_PAGE + index + 1, await oddsOf(ctx, market)]
      const label = buttonLabel(market, odds, `${number}.`)
      const data = listedMarketData.pack({ market: market.reference, category, page })
      return { line: lineOf(ctx, market, odds, number), row: [InlineKeyboard.text(label, data)] }
    })
  )
  const pages = pageButtons({ pack: ({ page: to }) => marketListData.pack({ category, page: to }) }, page, asked)
  return {
    text: [await titleOf(ctx, categoryId, asked.total), ...listed.map(({ line }) => line)].join('\n\n'),
    keyboard: InlineKeyboard.from([
      ...listed.map(({ row }) => row),
      pages,
      ...navigation(ctx, marketsData.pack({})).inline_keyboard,
    ]),
  }
}

/** What was bet is settled and can be looked at. */
export const marketsOffScreen = (ctx: BotContext): Screen => ({
  text: ctx.t('bot_markets.off'),
  keyboard: InlineKeyboard.from([[myBetsButton(ctx)], ...navigation(ctx).inline_keyboard]),
})

export const myBetsButton = (ctx: BotContext) =>
  InlineKeyboard.text(ctx.label('bot_markets.my_bets_button'), myBetsData.pack({}))

export const wordsOf = (ctx: BotContext, category: MarketCategory) => ({
  emoji: category.emoji,
  name: category.nameIn(ctx.locale),
})

async function titleOf(ctx: BotContext, categoryId: number | undefined, markets: number) {
  if (markets === 0) return ctx.t('bot_markets.list_none')
  const category = categoryId ? await MarketCategory.find(categoryId) : null
  return category
    ? ctx.t('bot_markets.list_category', { ...wordsOf(ctx, category), markets })
    : ctx.t('bot_markets.list_all', { markets })
}

function lineOf(ctx: BotContext, { title, isPromoted, endsAt }: Market, odds: WordedOdds, number: number) {
  const promoted = isPromoted ? 'yes' : 'no'
  return ctx.t('bot_markets.list_line', { number, title, promoted, ...odds, left: timeLeft(ctx, endsAt) })
}

/** `3. Will Bitcoin close above… · 1.85 / 2.17` */
const buttonLabel = ({ title }: Market, { yes, no }: WordedOdds, mark: string) =>
  `${mark} ${cutText(title, SHORT_TITLE)} · ${yes} / ${no}`
