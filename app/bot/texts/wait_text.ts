import type { BotContext } from '#bot/context'

/** `40 seconds`, `3 minutes`: how long somebody has to wait. */
export function waitText(ctx: BotContext, seconds: number) {
  const [unit, count] = seconds < 100 ? ['seconds', seconds] : ['minutes', Math.ceil(seconds / 60)]
  return ctx.label(`bot.wait_${unit}`, { count })
}
