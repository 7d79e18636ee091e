import type { MiddlewareFn } from 'grammy'
import type { BotContext } from '#bot/context'

/**
 * Stops the button's spinner after every press that no feature has answered with words. Telegram takes that even
 * while it wants no messages: who has to wait for the screen is told so.
 */
export function answerCallbacks(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    await next()
    if (!ctx.callbackQuery || ctx.isCallbackAnswered) return
    const text = ctx.isAnswerOwed ? ctx.label('bot.answer_owed') : undefined
    await ctx.answerCallbackQuery({ text }).catch(() => {})
  }
}
