import { Composer } from 'grammy'
import { CustomerRaffleQuery } from '#raffles/queries/customer_raffle_query'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Feature } from '#bot/feature'
import { entriesScreen, entryPage } from '#bot/raffle/entry_screens'
import { raffleEntriesData, raffleEntriesPageData, raffleEntryData } from '#bot/screens/raffle_data'

/** What the customer has entered: a list, and a page for each entry. */
export function raffleEntriesFeature(): Feature {
  const composer = new Composer<BotContext>()
  const show = async (ctx: BotContext, { page }: { page: number } = { page: 1 }) =>
    ctx.show(await entriesScreen(ctx, page))
  composer.use(onCallback(raffleEntriesData, (ctx) => show(ctx)))
  composer.use(onCallback(raffleEntriesPageData, show))
  composer.use(
    onCallback(raffleEntryData, async (ctx, { entry: reference }, next) => {
      const query = await ctx.make(CustomerRaffleQuery)
      const entry = await query.find(ctx.customer.id, reference)
      return entry ? ctx.show(await entryPage(ctx, entry)) : next()
    })
  )
  return { composer }
}
