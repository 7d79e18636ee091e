import type { MiddlewareFn } from 'grammy'
import type { BotContext } from '#bot/context'

/** Business is done with people in private: the bot keeps quiet in groups and channels and with other bots. */
export function privateChats(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const isPrivate = ctx.chat?.type === 'private' || ctx.preCheckoutQuery !== undefined
    if (isPrivate && ctx.from && !ctx.from.is_bot) await next()
  }
}
