import { paymentsEnabled, topUpEnabled } from '#payments/settings'
import type { BotContext } from '#bot/context'

/** What the operator has switched off is not offered. */
export async function topUpsAreOn({ deps: { settings } }: BotContext) {
  return (await settings.get(paymentsEnabled)) && (await settings.get(topUpEnabled))
}
