import { Composer } from 'grammy'
import { LinkAdminTelegram } from '#staff/actions/link_admin_telegram'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { CommandMenus } from '#bot/runner/command_menus'
import { listKeyboard } from '#bot/screens/screen'
import { adminData } from '#bot/screens/admin_data'

/** An admin proves with a one-time code from the panel that this Telegram account is theirs. */
export function linkAdminFeature(directory: Directory): Feature {
  const link = async (ctx: BotContext, code: string) => {
    const action = await ctx.make(LinkAdminTelegram)
    const result = await action.handle({ code, telegramId: ctx.from!.id })
    if (!result.ok) {
      const { code: refusal, params } = result.refusal
      return ctx.show({ text: ctx.t(`bot_admin.link_${refusal}`, params) })
    }
    ctx.cachedAdmin = Promise.resolve(result.value)
    await publishCommands(ctx, directory)
    const buttons = [{ text: ctx.label('bot_admin.menu'), data: adminData.pack({}) }]
    const text = ctx.t('bot_admin.linked', { name: result.value.fullName })
    return ctx.show({ text, keyboard: listKeyboard(ctx, buttons) })
  }

  const composer = new Composer<BotContext>()
  composer.command('link', (ctx, next) => (ctx.match.trim() ? link(ctx, ctx.match) : next()))
  return { composer, deepLinks: { link: (ctx) => link(ctx, String(ctx.match).replace(/^link_/, '')) } }
}

/** A list of commands that could not be shown is no reason not to answer. */
export async function publishCommands(ctx: BotContext, directory: Directory) {
  const { texts, adminChats, logger } = ctx.deps
  try {
    await new CommandMenus(ctx.api, directory, texts, adminChats).publishForAdmin(ctx.from!.id)
  } catch (error) {
    logger.warn({ err: error }, "An admin's list of commands could not be published")
  }
}
