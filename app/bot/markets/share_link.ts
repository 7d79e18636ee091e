import type Market from '#markets/models/market'
import type { BotContext } from '#bot/context'

/** Opens the market in this bot, and makes a newcomer one whom the customer has invited. */
export const marketLink = ({ me, customer }: BotContext, { reference }: Market) =>
  `https://t.me/${me.username}?start=m_${reference}_${customer.referralCode}`

/** Asks the customer in Telegram whom to send the market to. */
export const shareUrl = (ctx: BotContext, market: Market) =>
  `https://t.me/share/url?url=${encodeURIComponent(marketLink(ctx, market))}&text=${encodeURIComponent(market.title)}`
