import { Composer } from 'grammy'
import type { BotContext } from '#bot/context'
import { markUnreachable } from '#bot/mark_unreachable'
import type { CountedDays } from '#bot/middleware/counted_days'
import { register } from '#bot/middleware/identify_customer'
import { countDay } from '#bot/middleware/record_activity'

/** Who blocks the bot is unreachable at once; who unblocks it is registered again, and so reachable. */
export function membership(counted: CountedDays): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.on('my_chat_member', async (ctx) => {
    const hasLeft = ctx.myChatMember.new_chat_member.status === 'kicked'
    if (hasLeft) return markUnreachable(ctx.deps, ctx.from.id, 'The customer blocked the bot')
    const { customer } = await register(ctx)
    await countDay(ctx, customer.id, counted)
  })
  return composer
}
