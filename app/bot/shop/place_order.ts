import { ok } from '#core/result'
import { BuyByInvoice } from '#stars/actions/buy_by_invoice'
import { BuyFromBalance } from '#stars/actions/buy_from_balance'
import StarOrder from '#stars/models/star_order'
import type { BotContext } from '#bot/context'
import { shownIn } from '#bot/screens/shown_in'
import type { Purchase } from '#bot/shop/shop_draft'

/** The same for every press below one confirmation, so that a second one finds the first order. */
const keyOf = ({ customer, me }: BotContext, shown: number) => `stars:${customer.id}:${me.id}:${shown}`

/** The order that was made where that update asked to confirm it, if one was. */
export const orderOf = (ctx: BotContext, shown: number) => StarOrder.findBy('key', keyOf(ctx, shown))

/** Buys what was confirmed, at the price that was shown. Refuses as the two purchases do. */
export async function placeOrder(ctx: BotContext, { choice, recipient, shown }: Purchase) {
  const { key, way, version } = shown!
  const input = {
    customerId: ctx.customer.id,
    choice,
    recipient,
    quoteVersion: version,
    key: keyOf(ctx, key),
    messageId: shownIn(ctx),
  }
  if (way === 'balance') {
    const buyFromBalance = await ctx.make(BuyFromBalance)
    return buyFromBalance.handle(input)
  }
  const buyByInvoice = await ctx.make(BuyByInvoice)
  const bought = await buyByInvoice.handle({
    ...input,
    provider: way,
    currency: 'TON',
    title: ctx.label('bot_stars.invoice'),
  })
  return bought.ok ? ok(bought.value.order) : bought
}
