import { Chain } from '#chain/chain_config'
import { rafflesEnabled } from '#raffles/settings'
import type { BotContext } from '#bot/context'

/** Whether there is a chain at all, and so wallets and a raffle. */
export async function chainIsOn(ctx: BotContext) {
  const { config } = await ctx.make(Chain)
  return config !== null
}

/** What the operator has switched off is not offered. */
export const raffleIsOn = async (ctx: BotContext) =>
  (await chainIsOn(ctx)) && (await ctx.deps.settings.get(rafflesEnabled))
