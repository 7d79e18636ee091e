import type { MiddlewareFn } from 'grammy'
import Customer from '#customers/models/customer'
import type { BotContext } from '#bot/context'
import type { LimitVerdict } from '#bot/limits/bot_limits'

/** Too much is refused with one answer. What Telegram has already charged for is never refused. */
export function limitUpdates(): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    if (ctx.preCheckoutQuery || ctx.message?.successful_payment) return next()
    const verdict = await ctx.deps.limits.consume(ctx.callbackQuery ? 'callback' : 'message', ctx.from!.id)
    if (verdict.allowed) return next()
    ctx.isCallbackAnswered = true
    if (verdict.announce) await announce(ctx, verdict)
  }
}

async function announce(ctx: BotContext, { reason, seconds }: Exclude<LimitVerdict, { allowed: true }>) {
  const known = await Customer.findBy('telegramId', ctx.from!.id)
  if (known) ctx.customer = known
  const [unit, count] = seconds < 100 ? ['seconds', seconds] : ['minutes', Math.ceil(seconds / 60)]
  const wait = ctx.label(`bot.wait_${unit}`, { count })
  await ctx.toast(ctx.label(`bot.limit_${reason}`, { wait }), { alert: true })
}
