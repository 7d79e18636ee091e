import type { MiddlewareFn } from 'grammy'
import Customer from '#customers/models/customer'
import type { BotContext } from '#bot/context'
import type { LimitVerdict } from '#bot/limits/bot_limits'
import { waitText } from '#bot/texts/wait_text'

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
  await ctx.toast(ctx.label(`bot.limit_${reason}`, { wait: waitText(ctx, seconds) }), { alert: true })
}
