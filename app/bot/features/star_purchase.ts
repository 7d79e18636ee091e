import { Composer } from 'grammy'
import type { ProviderName } from '#payments/values'
import { isPriceChanged, type StarsQuote } from '#stars/pricing/quote'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import type { Flows } from '#bot/flows/flow'
import { takePaymentTurn } from '#bot/money/payment_turn'
import { refusalText } from '#bot/money/refusal_text'
import { buyStarsData, starsWayData } from '#bot/screens/stars_data'
import { orderOf, placeOrder } from '#bot/shop/place_order'
import { confirmScreen, shortScreen } from '#bot/shop/confirm_screen'
import { payWithOf, quoteFor, spendable } from '#bot/shop/offer'
import { showOrder } from '#bot/shop/order_screens'
import { keepPurchase, purchaseOf, SHOP_FLOW, type Purchase } from '#bot/shop/shop_draft'
import { showOffer, showShop } from '#bot/shop/shop_screens'

/** From a way to pay to the order: the quote once more, and one order for however many presses. */
export function starPurchaseFeature({ flows }: Directory): Feature {
  const composer = new Composer<BotContext>()
  composer.use(
    onCallback(starsWayData, async (ctx, { way }) => {
      const purchase = purchaseOf(ctx)
      return purchase ? confirm(ctx, flows, purchase, way) : startAnew(ctx, flows)
    })
  )
  composer.use(
    onCallback(buyStarsData, async (ctx, { key }) => {
      const made = await orderOf(ctx, key)
      if (made) return showOrder(ctx, made)
      const purchase = purchaseOf(ctx)
      return purchase?.shown?.key === key ? buy(ctx, flows, purchase) : startAnew(ctx, flows)
    })
  )
  return { composer }
}

async function confirm(ctx: BotContext, flows: Flows, purchase: Purchase, way: ProviderName) {
  const quoted = await quoteFor(ctx, purchase.choice, payWithOf(way))
  if (!quoted.ok) {
    await ctx.toast(refusalText(ctx, quoted.refusal), { alert: true })
    return showOffer(ctx, flows, purchase)
  }
  const { price } = quoted.value
  const available = way === 'balance' ? await spendable(ctx) : price
  if (available.compare(price) < 0) return ctx.show(await shortScreen(ctx, price, available))
  return askToConfirm(ctx, flows, { purchase, way, quote: quoted.value })
}

interface Asked {
  purchase: Purchase
  way: ProviderName
  quote: StarsQuote
  changed?: boolean
}

async function askToConfirm(ctx: BotContext, flows: Flows, { purchase, way, quote, changed }: Asked) {
  const shown = { key: ctx.update.update_id, way, version: quote.version }
  keepPurchase(ctx, flows, 'confirm', { ...purchase, shown })
  return ctx.show(confirmScreen(ctx, { quote, purchase, shown, changed }))
}

async function buy(ctx: BotContext, flows: Flows, purchase: Purchase) {
  if (!(await takePaymentTurn(ctx))) return
  const { way } = purchase.shown!
  const result = await placeOrder(ctx, purchase)
  if (result.ok) {
    flows.drop(ctx, SHOP_FLOW)
    return showOrder(ctx, result.value)
  }
  const { refusal } = result
  if (isPriceChanged(refusal)) return askToConfirm(ctx, flows, { purchase, way, quote: refusal.quote, changed: true })
  if (refusal.code === 'insufficient_funds') return confirm(ctx, flows, purchase, way)
  const made = await orderOf(ctx, purchase.shown!.key)
  await ctx.toast(refusalText(ctx, refusal), { alert: true })
  return made && made.status !== 'cancelled' ? showOrder(ctx, made) : showOffer(ctx, flows, purchase)
}

/** A button of long ago: what it was about is no longer known. */
async function startAnew(ctx: BotContext, flows: Flows) {
  await ctx.toast(ctx.label('bot_stars.offer_gone'))
  return showShop(ctx, flows)
}
