import type { Refusal } from '#core/result'
import type { BotContext } from '#bot/context'

/** Refusals of entries and wallets that have words of their own in `bot_raffle.refused`. */
const WORDED = new Set([
  'raffle_off',
  'chain_off',
  'customer_banned',
  'entry_in_progress',
  'already_entered',
  'raffle_not_open',
  'raffle_paused',
  'operation_in_progress',
  'chain_unavailable',
])

/** Plain text for a notice: what happened and what to do. */
export const raffleRefusal = (ctx: BotContext, { code }: Refusal) =>
  ctx.label(`bot_raffle.refused.${WORDED.has(code) ? code : 'other'}`, { code })
