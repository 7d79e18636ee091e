import { Composer, InlineKeyboard } from 'grammy'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { inRows, type Screen } from '#bot/screens/screen'
import { menuData } from '#bot/screens/screen_data'

export function menuFeature(directory: Directory): Feature {
  const composer = new Composer<BotContext>()
  composer.use(onCallback(menuData, (ctx) => showMenu(ctx, directory)))
  composer.command('menu', (ctx) => showMenu(ctx, directory))
  return { composer, commands: [{ name: 'menu', audience: 'everyone' }] }
}

/** Whoever comes home interrupts what they were writing; the draft stays. */
export async function showMenu(ctx: BotContext, directory: Directory, title = 'bot.menu') {
  directory.flows.interrupt(ctx)
  await ctx.show(await menuScreen(ctx, directory, title))
}

async function menuScreen(ctx: BotContext, directory: Directory, title: string): Promise<Screen> {
  const entries = await directory.menuFor(ctx)
  const buttons = entries.map(({ label, data }) => InlineKeyboard.text(ctx.label(label), data))
  return { text: ctx.t(title, { name: ctx.customer.displayName }), keyboard: InlineKeyboard.from(inRows(buttons, 2)) }
}
