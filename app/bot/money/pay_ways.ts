import type { Money } from '#core/money/money'
import { PaymentWaysQuery } from '#payments/queries/payment_ways_query'
import type { ProviderName } from '#payments/values'
import type { BotContext } from '#bot/context'
import { formatAmount } from '#bot/texts/format_amount'

export interface PayWay {
  provider: ProviderName
  /** What it collects; null when that can't be told now. */
  charge: Money | null
}

export interface PayWays {
  /** Can be used now. */
  up: PayWay[]
  /** Would be offered, but don't work at the moment. */
  down: ProviderName[]
}

/** The ways in which a customer may pay that much for that purpose. */
export async function payWays(ctx: BotContext, purpose: string, amount: Money): Promise<PayWays> {
  const query = await ctx.make(PaymentWaysQuery)
  const ways = await query.run({ purpose, amount })
  const works = ({ state, charge }: (typeof ways)[number]) => state === 'on' && charge !== null
  return {
    up: ways.filter(works),
    down: ways.filter((way) => !works(way)).map(({ provider }) => provider),
  }
}

/** Within a sentence. */
export const wayName = (ctx: BotContext, provider: ProviderName) => ctx.label(`bot_money.way_names.${provider}`)

/** On a button; with what is collected: `⭐ Telegram Stars · 5,000 ⭐`. */
export function wayLabel(ctx: BotContext, provider: ProviderName, charge?: Money | null) {
  const name = ctx.label(`bot_money.ways.${provider}`)
  return charge ? `${name} · ${formatAmount(charge, ctx.locale)}` : name
}

/** Tells of ways that don't work at the moment; empty when all do. */
export function downText(ctx: BotContext, { up, down }: PayWays) {
  if (up.length === 0) return ctx.t('bot_money.no_way')
  if (down.length === 0) return ''
  const names = down.map((provider) => wayName(ctx, provider)).join(', ')
  return ctx.t('bot_money.ways_down', { names })
}
