import { InlineKeyboard } from 'grammy'
import { OfferedPackagesQuery } from '#stars/queries/offered_packages_query'
import type { StarsQuote } from '#stars/pricing/quote'
import type { BotContext } from '#bot/context'
import type { Flows } from '#bot/flows/flow'
import { refusalText } from '#bot/money/refusal_text'
import { navigation, type Screen } from '#bot/screens/screen'
import { offerData, shopData, starOrdersData, starPackageData } from '#bot/screens/stars_data'
import { offerFor, ownRange } from '#bot/shop/offer'
import { offerScreen } from '#bot/shop/offer_screen'
import { keepPurchase, SHOP_FLOW, type Purchase } from '#bot/shop/shop_draft'
import { formatAmount } from '#bot/texts/format_amount'

/** The packages; a number written now is an amount of one's own. */
export async function showShop(ctx: BotContext, flows: Flows) {
  flows.enter(ctx, SHOP_FLOW, 'amount', { ...ctx.session.drafts[SHOP_FLOW]?.data })
  await ctx.show(await shopScreen(ctx))
}

async function shopScreen(ctx: BotContext): Promise<Screen> {
  const query = await ctx.make(OfferedPackagesQuery)
  const [packages, { min, max }] = [await query.run({ payWith: 'invoice' }), await ownRange(ctx)]
  const rows = packages.map((quote) => [
    InlineKeyboard.text(packageLabel(ctx, quote), starPackageData.pack({ package: quote.packageId! })),
  ])
  const orders = [InlineKeyboard.text(ctx.label('bot_stars.my_orders'), starOrdersData.pack({}))]
  const text = ctx.t(packages.length > 0 ? 'bot_stars.shop' : 'bot_stars.shop_own', { min, max })
  return { text, keyboard: InlineKeyboard.from([...rows, orders, ...navigation(ctx).inline_keyboard]) }
}

/** `100 + 10 ⭐ · 95 TON · −5 %` */
function packageLabel(ctx: BotContext, { stars, bonus, price, savingPercent }: StarsQuote) {
  const count =
    bonus > 0 ? ctx.label('bot_stars.with_bonus', { stars, bonus }) : ctx.label('bot_stars.count', { stars })
  const saving = savingPercent > 0 ? [ctx.label('bot_stars.saving', { saving: savingPercent })] : []
  return [count, formatAmount(price, ctx.locale), ...saving].join(' · ')
}

/** What was chosen, for whom, in which ways to pay; back to the shop when it is no longer sold. */
export async function showOffer(ctx: BotContext, flows: Flows, purchase: Purchase) {
  const offer = await offerFor(ctx, purchase.choice)
  if (!offer.ok) {
    await ctx.toast(refusalText(ctx, offer.refusal), { alert: true })
    return showShop(ctx, flows)
  }
  keepPurchase(ctx, flows, 'offer', purchase)
  return ctx.show(await offerScreen(ctx, offer.value, purchase.recipient))
}

/** Asks whom the Stars are for. */
export function recipientScreen(ctx: BotContext, problem?: string): Screen {
  const text = [problem ? ctx.t(problem) : '', ctx.t('bot_stars.ask_username')].filter(Boolean).join('\n\n')
  return { text, keyboard: navigation(ctx, offerData.pack({})) }
}

export const shopOffScreen = (ctx: BotContext): Screen => ({
  text: ctx.t('bot_stars.off'),
  keyboard: InlineKeyboard.from([
    [InlineKeyboard.text(ctx.label('bot_stars.my_orders'), starOrdersData.pack({}))],
    ...navigation(ctx).inline_keyboard,
  ]),
})

export const wrongStars = (ctx: BotContext, text: string): Screen => ({
  text,
  keyboard: navigation(ctx, shopData.pack({})),
})
