import { Composer, InlineKeyboard, InputFile } from 'grammy'
import { CreateWallet } from '#chain/actions/create_wallet'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import { customerActor } from '#bot/customer_actor'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { chainIsOn } from '#bot/raffle/raffle_is_on'
import { raffleRefusal } from '#bot/raffle/refusal'
import { menuData } from '#bot/screens/screen_data'
import { depositData, walletData } from '#bot/screens/wallet_data'
import { qrCode } from '#bot/wallet/qr_code'
import { depositText, readWallet, walletOffScreen, walletScreen } from '#bot/wallet/wallet_screens'

/** The customer's own address on the chain: made when it is opened first. */
export function walletFeature({ flows }: Directory): Feature {
  const open = async (ctx: BotContext) => {
    flows.interrupt(ctx)
    const state = await walletOf(ctx)
    if (state) await ctx.show(await walletScreen(ctx, state))
  }
  const deposit = async (ctx: BotContext) => {
    const state = await walletOf(ctx)
    if (!state) return
    await ctx.replyWithPhoto(new InputFile(await qrCode(state.wallet.address), 'usdt.png'), {
      caption: await depositText(ctx, state),
      parse_mode: 'HTML',
      reply_markup: below(ctx),
    })
  }
  const composer = new Composer<BotContext>()
  composer.use(onCallback(walletData, open))
  composer.use(onCallback(depositData, deposit))
  return { composer, deepLinks: { wallet: open } }
}

/** Null when the customer was told why there is none. */
async function walletOf(ctx: BotContext) {
  if (await chainIsOn(ctx)) {
    const existing = await readWallet(ctx)
    if (existing) return existing
    const create = await ctx.make(CreateWallet)
    const made = await create.run({ customerId: ctx.customer.id, actor: customerActor(ctx) })
    if (made.ok) return readWallet(ctx)
    if (made.refusal.code !== 'chain_off') {
      await ctx.toast(raffleRefusal(ctx, made.refusal), { alert: true })
      return null
    }
  }
  await ctx.show(walletOffScreen(ctx))
  return null
}

/** The picture stays: what its buttons open comes below it. */
const below = (ctx: BotContext) =>
  new InlineKeyboard()
    .text(ctx.label('bot_wallet.button'), walletData.pack({}, 'notice'))
    .text(ctx.label('bot.home'), menuData.pack({}, 'notice'))
