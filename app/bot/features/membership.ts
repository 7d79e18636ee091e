import { Composer } from 'grammy'
import Customer from '#customers/models/customer'
import { MarkUnreachable } from '#customers/actions/mark_unreachable'
import type { BotContext } from '#bot/context'
import { register } from '#bot/middleware/identify_customer'

/** Who blocks the bot is unreachable at once; who unblocks it is registered again, and so reachable. */
export function membership(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.on('my_chat_member', async (ctx) => {
    if (ctx.myChatMember.new_chat_member.status === 'kicked') await markUnreachable(ctx)
    else await register(ctx)
  })
  return composer
}

async function markUnreachable(ctx: BotContext) {
  const customer = await Customer.findBy('telegramId', ctx.from!.id)
  if (!customer) return
  const mark = await ctx.make(MarkUnreachable)
  await mark.handle({ customerId: customer.id, reason: 'The customer blocked the bot' })
}
