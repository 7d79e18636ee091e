import type { Refusal } from '#core/result'
import type { BotContext } from '#bot/context'
import { network } from '#bot/wallet/withdraw_screens'

/** Refusals of withdrawals that have words of their own in `bot_wallet.refused`. */
const WORDED = new Set([
  'address_invalid',
  'address_checksum',
  'address_zero',
  'address_own',
  'address_internal',
  'address_usdt',
  'address_raffle',
  'address_contract',
  'insufficient_usdt',
  'withdrawal_too_small',
  'withdrawal_daily_limit',
  'withdrawals_per_day',
  'withdrawals_off',
  'chain_off',
  'wallet_not_found',
  'customer_banned',
  'chain_unavailable',
])

/** Plain text: what happened and what to do. */
export async function withdrawalRefusal(ctx: BotContext, { code }: Refusal) {
  const key = WORDED.has(code) ? code : 'other'
  return ctx.label(`bot_wallet.refused.${key}`, { code, network: await network(ctx) })
}
