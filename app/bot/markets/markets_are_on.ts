import { marketsEnabled } from '#markets/settings'
import type { BotContext } from '#bot/context'

/** What the operator has switched off is not offered. */
export const marketsAreOn = ({ deps: { settings } }: BotContext) => settings.get(marketsEnabled)
