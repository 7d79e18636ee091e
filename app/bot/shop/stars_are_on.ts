import { starsEnabled } from '#stars/settings'
import type { BotContext } from '#bot/context'

/** What the operator has switched off is not offered. */
export const starsAreOn = ({ deps: { settings } }: BotContext) => settings.get(starsEnabled)
