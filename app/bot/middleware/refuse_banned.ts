import type { MiddlewareFn } from 'grammy'
import type { BotContext } from '#bot/context'
import { contacts } from '#bot/bot_settings'

/** One clear answer, whatever a banned customer tries. A payment that Telegram has taken still passes. */
export function refuseBanned(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    if (!ctx.customer.isBanned || ctx.message?.successful_payment) return next()
    const params = { contacts: (await ctx.deps.settings.get(contacts)) || ctx.label('bot.contacts_none') }
    if (ctx.preCheckoutQuery) {
      await ctx.answerPreCheckoutQuery(false, { error_message: ctx.label('bot.banned_short') })
    } else if (ctx.callbackQuery) {
      await ctx.toast(ctx.label('bot.banned_short'), { alert: true })
    } else {
      await ctx.show({ text: ctx.t('bot.banned', params) })
    }
  }
}
