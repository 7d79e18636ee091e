import { Chain } from '#chain/chain_config'
import { chainEnabled } from '#chain/settings'
import { rafflesEnabled } from '#raffles/settings'
import type { BotContext } from '#bot/context'

/** Whether there is a chain at all, and so wallets and a raffle. */
export async function chainIsOn(ctx: BotContext) {
  const { config } = await ctx.make(Chain)
  return config !== null
}

/** What the operator has switched off is not offered. */
export async function raffleIsOn(ctx: BotContext) {
  const { settings } = ctx.deps
  return (await chainIsOn(ctx)) && (await settings.get(chainEnabled)) && (await settings.get(rafflesEnabled))
}
