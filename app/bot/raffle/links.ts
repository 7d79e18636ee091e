import { Chain } from '#chain/chain_config'
import type { BotContext } from '#bot/context'
import { WebAddress } from '#bot/web_address'

/** Where anybody can follow how a round was drawn; null while we have no address in the web. */
export async function receiptUrl(ctx: BotContext, reference: string) {
  const { base } = await ctx.make(WebAddress)
  return base ? `${base}/raffles/${reference}/receipt` : null
}

/** The transaction as an explorer of the chain shows it; null when none is configured. */
export async function explorerUrl(ctx: BotContext, hash: string | null) {
  const { config } = await ctx.make(Chain)
  return hash && config?.explorerUrl ? `${config.explorerUrl.replace(/\/+$/, '')}/tx/${hash}` : null
}

/** `0x12ab…90ef`: enough to recognise one's own, too little to mistake for all of it. */
export const shortAddress = (address: string) => `${address.slice(0, 6)}…${address.slice(-4)}`
