import type ChainWallet from '#chain/models/chain_wallet'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import { chainEnabled, withdrawalsEnabled } from '#chain/settings'
import { Destinations } from '#chain/withdrawals/destinations'
import { refuse, type Refusal, type Result } from '#core/result'
import type { BotContext } from '#bot/context'
import { chainIsOn } from '#bot/raffle/raffle_is_on'
import { readWallet, walletScreen } from '#bot/wallet/wallet_screens'
import { nothingScreen, withdrawable } from '#bot/wallet/withdraw_screens'
import { withdrawalRefusal } from '#bot/wallet/withdrawal_refusal'

/** What the operator has switched off is not offered. */
export async function withdrawalsAreOn(ctx: BotContext) {
  const { settings } = ctx.deps
  return (await chainIsOn(ctx)) && (await settings.get(chainEnabled)) && (await settings.get(withdrawalsEnabled))
}

/** The wallet and what may leave it; null when the customer was told why nothing can. */
export async function readyToWithdraw(ctx: BotContext) {
  if (!(await withdrawalsAreOn(ctx))) return tell(ctx, { code: 'withdrawals_off' })
  const state = await readWallet(ctx)
  if (!state) return tell(ctx, { code: 'wallet_not_found' })
  const options = await withdrawable(ctx, state)
  if (!options) return tell(ctx, { code: 'chain_unavailable' })
  const nothing = nothingScreen(ctx, options)
  if (!nothing) return { wallet: state.wallet, options }
  await ctx.show(nothing)
  return null
}

async function tell(ctx: BotContext, refusal: Refusal) {
  await ctx.toast(await withdrawalRefusal(ctx, refusal), { alert: true })
  const state = await readWallet(ctx)
  if (state) await ctx.show(await walletScreen(ctx, state))
  return null
}

/** An address as EIP-55 writes it, or why USDT can't go there. */
export async function destination(ctx: BotContext, text: string, wallet: ChainWallet): Promise<Result<string>> {
  const destinations = await ctx.make(Destinations)
  try {
    return await destinations.check(text, wallet)
  } catch (error) {
    if (error instanceof ChainUnavailable) return refuse('chain_unavailable')
    throw error
  }
}
