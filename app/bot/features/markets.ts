import { Composer } from 'grammy'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature, Start } from '#bot/feature'
import { showCard, showDescription, showMarkets } from '#bot/markets/card_screen'
import { listScreen, marketsOffScreen, type ListPlace } from '#bot/markets/list_screens'
import { marketsAreOn } from '#bot/markets/markets_are_on'
import { listedMarketData, marketData, marketListData, marketsData, marketTextData } from '#bot/screens/market_data'

/** `m_<reference>`, with the code of whoever shared it behind. */
const SHARED = /^m_([0-9A-Z]{10})(?:_|$)/

/** Prediction markets: what can be bet on, and each as it stands. */
export function marketsFeature({ flows }: Directory): Feature {
  const open = async (ctx: BotContext) => {
    flows.interrupt(ctx)
    await showMarkets(ctx)
  }
  const list = async (ctx: BotContext, place: ListPlace) => {
    flows.interrupt(ctx)
    await ctx.show((await marketsAreOn(ctx)) ? await listScreen(ctx, place) : marketsOffScreen(ctx))
  }
  const show = async (ctx: BotContext, reference: string, back?: string) => {
    flows.interrupt(ctx)
    await showCard(ctx, reference, { back })
  }
  const follow = async (ctx: BotContext, { payload, isFirst }: Start) => {
    flows.interrupt(ctx)
    const lead = isFirst ? ctx.t('bot.hello', { name: ctx.customer.displayName }) : undefined
    await showCard(ctx, SHARED.exec(payload)?.[1] ?? '', { lead })
  }

  const composer = new Composer<BotContext>()
  composer.command('markets', open)
  composer.use(onCallback(marketsData, open))
  composer.use(onCallback(marketListData, list))
  composer.use(onCallback(marketData, (ctx, { market }) => show(ctx, market)))
  composer.use(
    onCallback(listedMarketData, (ctx, { market, ...place }) => show(ctx, market, marketListData.pack(place)))
  )
  composer.use(onCallback(marketTextData, (ctx, { market }) => showDescription(ctx, market)))
  return {
    composer,
    menu: [{ label: 'bot_markets.menu', data: marketsData.pack({}), order: 450, isVisible: marketsAreOn }],
    commands: [{ name: 'markets', audience: 'everyone' }],
    deepLinks: { markets: open, m: follow },
  }
}
