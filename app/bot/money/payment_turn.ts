import type { BotContext } from '#bot/context'
import { waitText } from '#bot/texts/wait_text'

/** Counts one attempt to pay; whoever makes too many hears each time how long to wait. */
export async function takePaymentTurn(ctx: BotContext): Promise<boolean> {
  const verdict = await ctx.deps.limits.consume('payment', ctx.from!.id)
  if (verdict.allowed) return true
  const text = ctx.label('bot_money.too_many_payments', { wait: waitText(ctx, verdict.seconds) })
  await ctx.toast(text, { alert: true })
  return false
}
