import { InlineKeyboard } from 'grammy'
import { minorUnits } from '#core/money/currency'
import { Money } from '#core/money/money'
import { TopUpOptionsQuery } from '#payments/queries/top_up_options_query'
import type { StarsQuote } from '#stars/pricing/quote'
import type { BotContext } from '#bot/context'
import { wayName } from '#bot/money/pay_ways'
import { topUpsAreOn } from '#bot/money/top_ups_are_on'
import { navigation, type Screen } from '#bot/screens/screen'
import { topUpAmountData } from '#bot/screens/money_data'
import { buyStarsData, offerData } from '#bot/screens/stars_data'
import { recipientText, starsParams, warnings } from '#bot/shop/offer_screen'
import type { Purchase, ShownOffer } from '#bot/shop/shop_draft'
import { formatAmount } from '#bot/texts/format_amount'

interface ToConfirm {
  quote: StarsQuote
  purchase: Purchase
  shown: ShownOffer
  /** What was shown before, when the price has changed since. */
  changed?: boolean
}

/** The purchase once more in full, and the button that makes it. */
export function confirmScreen(ctx: BotContext, { quote, purchase, shown, changed }: ToConfirm): Screen {
  const { price, savingPercent: saving } = quote
  const text = ctx.t('bot_stars.confirm', {
    ...starsParams(quote),
    price,
    saving,
    recipient: recipientText(ctx, purchase.recipient),
    way: wayName(ctx, shown.way),
  })
  const parts = [changed ? ctx.t('bot_stars.price_changed') : '', text, warnings(ctx, quote, purchase.recipient)]
  const buy = ctx.label('bot_stars.buy_button', { price })
  return {
    text: parts.filter(Boolean).join('\n\n'),
    keyboard: InlineKeyboard.from([
      [InlineKeyboard.text(buy, buyStarsData.pack({ key: shown.key }))],
      ...navigation(ctx, offerData.pack({})).inline_keyboard,
    ]),
  }
}

/** How much is missing, and a top-up of at least that. */
export async function shortScreen(ctx: BotContext, price: Money, available: Money): Promise<Screen> {
  const missing = price.subtract(available)
  const text = ctx.t('bot_stars.short', { price, available, missing })
  const amount = await topUpFor(ctx, missing)
  const label = amount && ctx.label('bot_stars.short_button', { amount: formatAmount(amount, ctx.locale) })
  const top = amount && label ? [[InlineKeyboard.text(label, topUpAmountData.pack({ amount: amount.minor }))]] : []
  return { text, keyboard: InlineKeyboard.from([...top, ...navigation(ctx, offerData.pack({})).inline_keyboard]) }
}

/** In whole TON, and as little as top-ups admit; null when that much can't be topped up at once. */
async function topUpFor(ctx: BotContext, missing: Money): Promise<Money | null> {
  if (!(await topUpsAreOn(ctx))) return null
  const options = await ctx.make(TopUpOptionsQuery)
  const { min, max } = await options.run()
  const unit = minorUnits('TON')
  const whole = Money.of(((missing.minor + unit - 1n) / unit) * unit, 'TON')
  if (whole.compare(max) > 0) return null
  return whole.compare(min) < 0 ? min : whole
}
