import type { MiddlewareFn } from 'grammy'
import type { BotContext } from '#bot/context'
import type { BotDependencies } from '#bot/dependencies'

export function provide(deps: BotDependencies): MiddlewareFn<BotContext> {
  return (ctx, next) => {
    ctx.deps = deps
    return next()
  }
}
