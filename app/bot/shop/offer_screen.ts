import { InlineKeyboard } from 'grammy'
import type { Money } from '#core/money/money'
import type { ProviderName } from '#payments/values'
import type { Recipient } from '#stars/orders/recipient'
import type { StarsQuote } from '#stars/pricing/quote'
import type { BotContext } from '#bot/context'
import { downText, wayLabel } from '#bot/money/pay_ways'
import { navigation, type Screen } from '#bot/screens/screen'
import { forAnotherData, forMyselfData, shopData, starsWayData } from '#bot/screens/stars_data'
import { spendable, type Offer } from '#bot/shop/offer'

/** What was chosen, for whom, and what it costs in each way. */
export async function offerScreen(ctx: BotContext, offer: Offer, recipient: Recipient): Promise<Screen> {
  const { byInvoice, fromBalance, ways } = offer
  const lines = [
    ctx.t('bot_stars.offer', { ...starsParams(byInvoice), recipient: recipientText(ctx, recipient) }),
    ways.up.length > 0 ? priceText(ctx, 'by_invoice', byInvoice) : '',
    fromBalance ? priceText(ctx, 'from_balance', fromBalance, await spendable(ctx)) : '',
    ways.up.length + ways.down.length > 0 || !fromBalance ? downText(ctx, ways) : '',
    warnings(ctx, byInvoice, recipient),
    ways.up.length > 0 || fromBalance ? ctx.t('bot_stars.offer_question') : '',
  ]
  return { text: lines.filter(Boolean).join('\n\n'), keyboard: keyboardOf(ctx, offer, recipient) }
}

/** How many Stars, how many as a bonus. */
export const starsParams = ({ stars, bonus, delivered }: StarsQuote) => ({ stars, bonus, delivered })

/** `you (@anna)` or `@boris`. */
export function recipientText(ctx: BotContext, recipient: Recipient) {
  if (recipient.kind === 'username') return `@${recipient.username}`
  const { username } = ctx.customer
  return username ? ctx.label('bot_stars.yourself_named', { username }) : ctx.label('bot_stars.yourself')
}

/** What the customer should know before they pay. */
export function warnings(ctx: BotContext, { belowMinimum }: StarsQuote, recipient: Recipient) {
  const isNameless = recipient.kind === 'self' && !ctx.customer.username
  return [
    belowMinimum === null ? '' : ctx.t('bot_stars.below_minimum', { minimum: belowMinimum }),
    isNameless ? ctx.t('bot_stars.no_username') : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

function priceText(ctx: BotContext, way: 'by_invoice' | 'from_balance', quote: StarsQuote, available = quote.price) {
  const { price, delivered, savingPercent } = quote
  return ctx.t(`bot_stars.${way}`, { price, delivered, saving: savingPercent, available })
}

function keyboardOf(ctx: BotContext, { fromBalance, ways }: Offer, recipient: Recipient) {
  const button = (way: ProviderName, price: Money | null) =>
    InlineKeyboard.text(wayLabel(ctx, way, price), starsWayData.pack({ way }))
  const byWay = ways.up.map(({ provider, charge }) => [button(provider, charge)])
  const balance = fromBalance ? [[button('balance', fromBalance.price)]] : []
  const others = [InlineKeyboard.text(ctx.label('bot_stars.for_another'), forAnotherData.pack({}))]
  if (recipient.kind === 'username') {
    others.unshift(InlineKeyboard.text(ctx.label('bot_stars.for_myself'), forMyselfData.pack({})))
  }
  return InlineKeyboard.from([...byWay, ...balance, others, ...navigation(ctx, shopData.pack({})).inline_keyboard])
}
