import { Composer } from 'grammy'
import { CustomerBetsQuery } from '#markets/queries/customer_bets_query'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { betPage, betsScreen, type BetsPlace } from '#bot/markets/bet_screens'
import { betData, betsPageData, myBetsData } from '#bot/screens/market_data'

/** What the customer has bet: open and settled bets, and a page for each. */
export function myBetsFeature({ flows }: Directory): Feature {
  const show = async (ctx: BotContext, place?: BetsPlace) => {
    flows.interrupt(ctx)
    await ctx.show(await betsScreen(ctx, place))
  }
  const composer = new Composer<BotContext>()
  composer.command('bets', (ctx) => show(ctx))
  composer.use(onCallback(myBetsData, (ctx) => show(ctx)))
  composer.use(onCallback(betsPageData, show))
  composer.use(
    onCallback(betData, async (ctx, { bet: reference }, next) => {
      const query = await ctx.make(CustomerBetsQuery)
      const bet = await query.find(ctx.customer.id, reference)
      return bet ? ctx.show(await betPage(ctx, bet)) : next()
    })
  )
  return {
    composer,
    commands: [{ name: 'bets', audience: 'everyone' }],
    deepLinks: { bets: (ctx) => show(ctx) },
  }
}
