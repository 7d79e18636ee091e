import { InlineKeyboard } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import { MarketCardQuery, type MarketCard } from '#markets/queries/market_card_query'
import { OUTCOMES } from '#markets/values'
import type { BotContext } from '#bot/context'
import { cardFacts } from '#bot/markets/card_facts'
import { listScreen, marketsOffScreen, overviewScreen } from '#bot/markets/list_screens'
import { marketsAreOn } from '#bot/markets/markets_are_on'
import { oddsOf } from '#bot/markets/odds_text'
import { shareUrl } from '#bot/markets/share_link'
import { betOnData, marketData, marketListData, marketTextData, myBetsData } from '#bot/screens/market_data'
import { navigation, type Screen } from '#bot/screens/screen'
import { MAX_CAPTION } from '#bot/screens/show_screen'
import { cutText, visibleLength } from '#bot/texts/cut_text'
import { escapeHtml } from '#bot/texts/escape_html'

/** Characters that Telegram takes in a message. */
const MAX_MESSAGE = 4096

export interface CardOptions {
  /** What happened just now, above the card. */
  lead?: string
  /** Where Back leads to; the list of the category otherwise. */
  back?: string
}

export async function findCard(ctx: BotContext, reference: string): Promise<MarketCard | null> {
  const query = await ctx.make(MarketCardQuery)
  return query.run(reference, ctx.customer.id)
}

/** The market, or that there is none. */
export async function showCard(ctx: BotContext, reference: string, options: CardOptions = {}) {
  const card = await findCard(ctx, reference)
  return card ? ctx.show(await cardScreen(ctx, card, options)) : showGone(ctx, options.lead)
}

export async function showMarkets(ctx: BotContext) {
  return ctx.show((await marketsAreOn(ctx)) ? await overviewScreen(ctx) : marketsOffScreen(ctx))
}

/** Unknown, or not published: what there is instead. */
export async function showGone(ctx: BotContext, lead?: string) {
  const isOn = await marketsAreOn(ctx)
  const { text, keyboard } = isOn ? await listScreen(ctx, { category: 'all', page: 1 }) : marketsOffScreen(ctx)
  return ctx.show({ text: [lead, ctx.t('bot_markets.gone'), text].filter(Boolean).join('\n\n'), keyboard })
}

/** The question, how it stands, and the customer's part in it. */
export async function cardScreen(ctx: BotContext, card: MarketCard, { lead, back }: CardOptions = {}): Promise<Screen> {
  const { market } = card
  const facts = await cardFacts(ctx, card)
  const photo = market.imageKey ?? undefined
  const room = (photo ? MAX_CAPTION : MAX_MESSAGE) - visibleLength([lead, ...facts].filter(Boolean).join('\n\n')) - 2
  const description = cutText(market.description.trim(), room)
  const [title, ...rest] = facts
  const isCut = description !== market.description.trim()
  return {
    text: [lead, title, escapeHtml(description), ...rest].filter(Boolean).join('\n\n'),
    keyboard: InlineKeyboard.from([
      await sides(ctx, card),
      ...(isCut ? [[textButton(ctx, card)]] : []),
      tools(ctx, card),
      ...navigation(ctx, back ?? marketListData.pack({ category: String(market.categoryId), page: 1 })).inline_keyboard,
    ]),
    photo,
  }
}

/** The description in full, where a photo leaves no room for it. */
export async function showDescription(ctx: BotContext, reference: string) {
  const card = await findCard(ctx, reference)
  if (!card) return showGone(ctx)
  const { title, description } = card.market
  const head = `<b>${escapeHtml(title)}</b>`
  const text = `${head}\n\n${escapeHtml(cutText(description.trim(), MAX_MESSAGE - visibleLength(head) - 2))}`
  return ctx.show({ text, keyboard: navigation(ctx, marketData.pack({ market: reference })) })
}

/** YES and NO with their odds; whoever has bet already may only add to their side. */
async function sides(ctx: BotContext, { market, position }: MarketCard): Promise<InlineKeyboardButton[]> {
  if (!market.isOpenAt(ctx.deps.clock.now()) || !(await marketsAreOn(ctx))) return []
  const { yes, no } = await oddsOf(ctx, market)
  const odds = { YES: yes, NO: no }
  return OUTCOMES.filter((outcome) => !position || position.outcome === outcome).map((outcome) =>
    InlineKeyboard.text(
      ctx.label(`bot_markets.${position ? 'add_button' : 'side_button'}`, {
        side: ctx.label(`bot_markets.sides.${outcome}`),
        odds: odds[outcome],
      }),
      betOnData.pack({ market: market.reference, outcome })
    )
  )
}

const textButton = (ctx: BotContext, { market }: MarketCard) =>
  InlineKeyboard.text(ctx.label('bot_markets.text_button'), marketTextData.pack({ market: market.reference }))

function tools(ctx: BotContext, { market, own }: MarketCard): InlineKeyboardButton[] {
  const share = InlineKeyboard.url(ctx.label('bot_markets.share_button'), shareUrl(ctx, market))
  const bets = InlineKeyboard.text(ctx.label('bot_markets.my_bets_button'), myBetsData.pack({}))
  return [share, ...(Object.keys(own).length > 0 ? [bets] : [])]
}
