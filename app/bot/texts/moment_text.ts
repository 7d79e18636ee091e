import type { BotContext } from '#bot/context'
import { zoneOf } from '#bot/features/time_zone'

/** `21 November 2026 at 14:35`, where the customer is and as people write it there. */
export async function momentText(ctx: BotContext, instant: number) {
  const timeZone = await zoneOf(ctx)
  return new Intl.DateTimeFormat(ctx.locale, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(instant)
}
