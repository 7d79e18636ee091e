import { Composer } from 'grammy'
import { parseUsername, type Recipient } from '#stars/orders/recipient'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import type { Flow } from '#bot/flows/flow'
import { starsAreOn } from '#bot/shop/stars_are_on'
import { amountHint, readAmount } from '#bot/money/read_amount'
import { forAnotherData, forMyselfData, offerData, shopData, starPackageData } from '#bot/screens/stars_data'
import { keepPurchase, purchaseIn, purchaseOf, SHOP_FLOW } from '#bot/shop/shop_draft'
import { ownRange } from '#bot/shop/offer'
import { recipientScreen, shopOffScreen, showOffer, showShop, wrongStars } from '#bot/shop/shop_screens'

/** Telegram Stars: packages, an amount of one's own, for oneself or for somebody else. */
export function starShopFeature({ flows }: Directory): Feature {
  const open = (ctx: BotContext) => showShop(ctx, flows)

  const takeAmount = async (ctx: BotContext, text: string) => {
    const range = await ownRange(ctx)
    const read = readAmount(text, range)
    if (!read.ok) {
      flows.enter(ctx, SHOP_FLOW, 'amount', { ...ctx.session.drafts[SHOP_FLOW]?.data })
      return ctx.show(wrongStars(ctx, amountHint(ctx, read.refusal.code, range)))
    }
    const recipient = purchaseOf(ctx)?.recipient ?? { kind: 'self' }
    return showOffer(ctx, flows, { choice: { stars: Number(read.value.minor) }, recipient })
  }

  const giveTo = (ctx: BotContext, recipient: Recipient) => {
    const purchase = purchaseOf(ctx)
    return purchase ? showOffer(ctx, flows, { choice: purchase.choice, recipient }) : open(ctx)
  }

  const takeUsername = (ctx: BotContext, text: string) => {
    const username = parseUsername(text)
    if (!username.ok) return ctx.show(recipientScreen(ctx, `bot_stars.${username.refusal.code}`))
    return giveTo(ctx, { kind: 'username', username: username.value })
  }

  const flow: Flow = {
    name: SHOP_FLOW,
    title: 'bot_stars.title',
    isAvailable: starsAreOn,
    isWorthResuming: (draft) => purchaseIn(draft) !== null,
    async show(ctx, draft) {
      const purchase = purchaseIn(draft)
      return purchase ? showOffer(ctx, flows, purchase) : open(ctx)
    },
    receive(ctx, { step }) {
      const text = ctx.message?.text ?? ''
      return step === 'username' ? takeUsername(ctx, text) : takeAmount(ctx, text)
    },
  }

  const choosePackage = (ctx: BotContext, { package: packageId }: { package: number }) => {
    const recipient = purchaseOf(ctx)?.recipient ?? { kind: 'self' }
    return showOffer(ctx, flows, { choice: { packageId }, recipient })
  }

  const askRecipient = async (ctx: BotContext) => {
    const purchase = purchaseOf(ctx)
    if (!purchase) return open(ctx)
    keepPurchase(ctx, flows, 'username', purchase)
    return ctx.show(recipientScreen(ctx))
  }

  const backToOffer = (ctx: BotContext) => {
    const purchase = purchaseOf(ctx)
    return purchase ? showOffer(ctx, flows, purchase) : open(ctx)
  }

  const composer = new Composer<BotContext>()
  composer.command(
    'buy_stars',
    sold((ctx) => (ctx.match ? takeAmount(ctx, String(ctx.match)) : open(ctx)))
  )
  composer.use(onCallback(shopData, sold(open)))
  composer.use(onCallback(starPackageData, sold(choosePackage)))
  composer.use(onCallback(offerData, sold(backToOffer)))
  composer.use(onCallback(forAnotherData, sold(askRecipient)))
  composer.use(
    onCallback(
      forMyselfData,
      sold((ctx) => giveTo(ctx, { kind: 'self' }))
    )
  )
  return {
    composer,
    flow,
    menu: [{ label: 'bot_stars.menu', data: shopData.pack({}), order: 100, isVisible: starsAreOn }],
    commands: [{ name: 'buy_stars', audience: 'everyone' }],
    deepLinks: { stars: sold(open) },
  }
}

/** Nothing is sold while the shop is off. */
const sold =
  <V extends unknown[]>(handle: (ctx: BotContext, ...values: V) => Promise<unknown>) =>
  async (ctx: BotContext, ...values: V) =>
    (await starsAreOn(ctx)) ? handle(ctx, ...values) : ctx.show(shopOffScreen(ctx))
