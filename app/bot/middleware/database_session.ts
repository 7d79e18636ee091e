import type { MiddlewareFn } from 'grammy'
import type { BotContext } from '#bot/context'

/** Reads the conversation's memory and writes it back when a feature changed it; not when the feature failed. */
export function databaseSession(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const { sessions } = ctx.deps
    const chatId = ctx.from!.id
    ctx.session = await sessions.read(chatId)
    const before = JSON.stringify(ctx.session)
    await next()
    if (JSON.stringify(ctx.session) !== before) await sessions.write(chatId, ctx.session)
  }
}
