import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import { ok, type Result } from '#core/result'
import { wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import type { ProviderName } from '#payments/values'
import { STAR_ORDER } from '#stars/orders/invoice_purpose'
import type { StarsChoice, StarsQuote } from '#stars/pricing/quote'
import { QuoteStars } from '#stars/queries/quote_stars'
import { ownMaximum, ownMinimum } from '#stars/settings'
import type { BotContext } from '#bot/context'
import { payWays, type PayWays } from '#bot/money/pay_ways'
import type { AmountRange } from '#bot/money/read_amount'

/** What a customer can have for their choice, and how they can pay for it. */
export interface Offer {
  byInvoice: StarsQuote
  /** Null when the balance can't be used for it. */
  fromBalance: StarsQuote | null
  ways: PayWays
}

/** Refuses as the quote by invoice does. */
export async function offerFor(ctx: BotContext, choice: StarsChoice): Promise<Result<Offer>> {
  const byInvoice = await quoteFor(ctx, choice, 'invoice')
  if (!byInvoice.ok) return byInvoice
  const fromBalance = await quoteFor(ctx, choice, 'balance')
  const ways = await payWays(ctx, STAR_ORDER, byInvoice.value.price)
  return ok({ byInvoice: byInvoice.value, fromBalance: fromBalance.ok ? fromBalance.value : null, ways })
}

export async function quoteFor(ctx: BotContext, choice: StarsChoice, payWith: 'balance' | 'invoice') {
  const query = await ctx.make(QuoteStars)
  return query.run({ choice, payWith, currency: 'TON' })
}

export const payWithOf = (way: ProviderName) => (way === 'balance' ? 'balance' : 'invoice')

/** TON that the customer can spend. */
export async function spendable(ctx: BotContext): Promise<Money> {
  const ledger = await ctx.make(Ledger)
  return ledger.balance(db, wallet(ctx.customer.id, 'TON'))
}

/** Stars that a customer may choose by themselves. */
export async function ownRange({ deps: { settings } }: BotContext): Promise<AmountRange> {
  const [min, max] = [await settings.get(ownMinimum), await settings.get(ownMaximum)]
  return { min: Money.of(BigInt(min), 'STARS'), max: Money.of(BigInt(max), 'STARS') }
}
