import { Composer } from 'grammy'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { entryScreen } from '#bot/money/entry_screen'
import { FIRST_PAGE, historyScreen, kindsScreen, type HistoryPlace } from '#bot/money/history_screens'
import { historyData, historyEntryData, historyKindsData, historyPageData } from '#bot/screens/history_data'

/** What came in and went out in the last 30 days. */
export function historyFeature({ flows }: Directory): Feature {
  const show = async (ctx: BotContext, at: HistoryPlace) => {
    flows.interrupt(ctx)
    await ctx.show(await historyScreen(ctx, at))
  }
  const open = (ctx: BotContext) => show(ctx, FIRST_PAGE)
  const composer = new Composer<BotContext>()
  composer.command('history', open)
  composer.use(onCallback(historyData, open))
  composer.use(onCallback(historyPageData, show))
  composer.use(onCallback(historyKindsData, (ctx) => ctx.show(kindsScreen(ctx))))
  composer.use(
    onCallback(historyEntryData, async (ctx, { entry, kind, place }, next) => {
      const screen = await entryScreen(ctx, entry, { kind, place })
      return screen ? ctx.show(screen) : next()
    })
  )
  return { composer, commands: [{ name: 'history', audience: 'everyone' }], deepLinks: { history: open } }
}
