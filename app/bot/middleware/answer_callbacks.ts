import type { MiddlewareFn } from 'grammy'
import type { BotContext } from '#bot/context'

/** Stops the button's spinner after every press that no feature has answered with words. */
export function answerCallbacks(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    await next()
    if (ctx.callbackQuery && !ctx.isCallbackAnswered) await ctx.answerCallbackQuery().catch(() => {})
  }
}
