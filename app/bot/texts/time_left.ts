import type { BotContext } from '#bot/context'

const [MINUTE_MS, HOUR, DAY] = [60_000, 60, 1440]

/** `in 3 days`, `in 5 hours`, `in 12 minutes`: from two of a unit on it is counted in that unit. */
export function timeLeft(ctx: BotContext, until: number) {
  const minutes = Math.max(1, Math.ceil((until - ctx.deps.clock.now()) / MINUTE_MS))
  const format = new Intl.RelativeTimeFormat(ctx.locale)
  if (minutes < 2 * HOUR) return format.format(minutes, 'minute')
  if (minutes < 2 * DAY) return format.format(Math.floor(minutes / HOUR), 'hour')
  return format.format(Math.floor(minutes / DAY), 'day')
}
