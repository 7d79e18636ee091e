import type { MiddlewareFn } from 'grammy'
import { RegisterCustomer } from '#customers/actions/register_customer'
import type { BotContext } from '#bot/context'

/** Whoever writes is a customer from the first update on. */
export function identifyCustomer(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const { customer } = await register(ctx)
    ctx.customer = customer
    await next()
  }
}

export async function register(ctx: BotContext) {
  const action = await ctx.make(RegisterCustomer)
  const { id, username, first_name: firstName, last_name: lastName, language_code: languageTag } = ctx.from!
  return action.handle({ telegramId: id, username, firstName, lastName, languageTag })
}
