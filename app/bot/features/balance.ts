import { Composer, InlineKeyboard } from 'grammy'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import { balanceText } from '#bot/money/balance_text'
import { topUpsAreOn } from '#bot/money/top_ups_are_on'
import { navigation } from '#bot/screens/screen'
import { chainIsOn } from '#bot/raffle/raffle_is_on'
import { historyData } from '#bot/screens/history_data'
import { balanceData, topUpData } from '#bot/screens/money_data'
import { shopData } from '#bot/screens/stars_data'
import { walletData } from '#bot/screens/wallet_data'
import { starsAreOn } from '#bot/shop/stars_are_on'

/** What the customer has, and the ways from there. */
export function balanceFeature({ flows }: Directory): Feature {
  const show = async (ctx: BotContext) => {
    flows.interrupt(ctx)
    await ctx.show({ text: await balanceText(ctx), keyboard: await keyboard(ctx) })
  }
  const composer = new Composer<BotContext>()
  composer.command('balance', show)
  composer.use(onCallback(balanceData, show))
  return {
    composer,
    menu: [{ label: 'bot_money.menu_balance', data: balanceData.pack({}), order: 200 }],
    commands: [{ name: 'balance', audience: 'everyone' }],
    deepLinks: { balance: show },
  }
}

async function keyboard(ctx: BotContext) {
  const topUp = InlineKeyboard.text(ctx.label('bot_money.top_up_button'), topUpData.pack({}))
  const ways = (await topUpsAreOn(ctx)) ? [topUp] : []
  const shop = InlineKeyboard.text(ctx.label('bot_money.shop_button'), shopData.pack({}))
  const sells = (await starsAreOn(ctx)) ? [shop] : []
  const history = InlineKeyboard.text(ctx.label('bot_money.history_button'), historyData.pack({}))
  const onChain = InlineKeyboard.text(ctx.label('bot_wallet.button'), walletData.pack({}))
  const wallet = (await chainIsOn(ctx)) ? [[onChain]] : []
  return InlineKeyboard.from([[...ways, history], ...wallet, sells, ...navigation(ctx).inline_keyboard])
}
