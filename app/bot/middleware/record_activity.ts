import type { MiddlewareFn } from 'grammy'
import { dayOf, RecordActivity } from '#markets/actions/record_activity'
import type { BotContext } from '#bot/context'

/** The first update of a customer in a day of UTC counts for missions. */
export function recordActivity(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    await countDay(ctx, ctx.customer.id, ctx.activeBefore)
    await next()
  }
}

/** Asks the database for nothing on a day that was counted: what they did last tells. */
export async function countDay(ctx: BotContext, customerId: number, activeBefore: number | null) {
  const now = ctx.deps.clock.now()
  if (activeBefore !== null && dayOf(activeBefore) >= dayOf(now)) return
  const action = await ctx.make(RecordActivity)
  await action.handle({ customerId, at: now })
}
