import { Composer } from 'grammy'
import type { BotContext } from '#bot/context'
import { markUnreachable } from '#bot/mark_unreachable'
import { register } from '#bot/middleware/identify_customer'

/** Who blocks the bot is unreachable at once; who unblocks it is registered again, and so reachable. */
export function membership(): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  composer.on('my_chat_member', async (ctx) => {
    const hasLeft = ctx.myChatMember.new_chat_member.status === 'kicked'
    if (hasLeft) await markUnreachable(ctx.deps, ctx.from.id, 'The customer blocked the bot')
    else await register(ctx)
  })
  return composer
}
