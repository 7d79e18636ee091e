import type { Refusal } from '#core/result'
import { PROVIDER_NAMES, type ProviderName } from '#payments/values'
import type { BotContext } from '#bot/context'
import { wayName } from '#bot/money/pay_ways'

/** Refusals of payments and purchases that have words of their own in `bot_money.refused`. */
const WORDED = new Set([
  'payments_off',
  'top_up_off',
  'provider_off',
  'provider_down',
  'provider_refused',
  'provider_unavailable',
  'provider_not_for_purpose',
  'currency_not_accepted',
  'amount_too_large',
  'rate_missing',
  'rate_stale',
  'customer_banned',
  'insufficient_funds',
  'invoice_not_open',
  'invoice_in_preparation',
  'stars_off',
  'balance_purchases_off',
  'package_not_found',
  'package_not_offered',
  'stars_out_of_range',
  'price_unavailable',
])

/** Plain text for a notice: what happened and what to do. */
export function refusalText(ctx: BotContext, { code, params = {} }: Refusal) {
  const key = WORDED.has(code) ? code : 'other'
  const way = PROVIDER_NAMES.find((name) => name === params.provider)
  return ctx.label(`bot_money.refused.${key}`, { code, way: way ? wayName(ctx, way as ProviderName) : '' })
}
