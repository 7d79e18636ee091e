import type { MiddlewareFn } from 'grammy'
import { dayOf, RecordActivity } from '#markets/actions/record_activity'
import type { BotContext } from '#bot/context'
import type { CountedDays } from '#bot/middleware/counted_days'

/** The first update of a customer in a day of UTC counts for missions. */
export function recordActivity(counted: CountedDays): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    await countDay(ctx, ctx.customer.id, counted)
    await next()
  }
}

/** A day that could not be counted keeps nobody from an answer: the next update tries it again. */
export async function countDay(ctx: BotContext, customerId: number, counted: CountedDays) {
  const now = ctx.deps.clock.now()
  if (counted.has(customerId, dayOf(now))) return
  try {
    const action = await ctx.make(RecordActivity)
    await action.handle({ customerId, at: now })
    counted.add(customerId, dayOf(now))
  } catch (error) {
    ctx.deps.logger.error({ err: error, customerId }, 'A day with activity was not counted')
  }
}
