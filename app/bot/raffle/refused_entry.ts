import { InlineKeyboard } from 'grammy'
import type { Refusal } from '#core/result'
import { parseMoney } from '#core/money/parse_money'
import { Money } from '#core/money/money'
import type { BotContext } from '#bot/context'
import { enterButton } from '#bot/raffle/raffle_screen'
import { raffleData } from '#bot/screens/raffle_data'
import { listKeyboard, navigation, type Screen } from '#bot/screens/screen'
import { depositData, walletData } from '#bot/screens/wallet_data'

/** How much is missing for an entry, and where to send it. */
export function shortScreen(ctx: BotContext, { params = {} }: Refusal): Screen {
  const [available, needed] = [usdt(params.available), usdt(params.needed)]
  const buttons = [
    { text: ctx.label('bot_wallet.deposit_button'), data: depositData.pack({}) },
    { text: ctx.label('bot_wallet.button'), data: walletData.pack({}) },
  ]
  return {
    text: ctx.t('bot_raffle.short', { available, needed, missing: needed.subtract(available) }),
    keyboard: listKeyboard(ctx, buttons, raffleData.pack({})),
  }
}

/** The fee is another one by now: it is asked for before anything is taken. */
export function feeChangedScreen(ctx: BotContext, { params = {} }: Refusal): Screen {
  const fee = usdt(params.fee)
  return {
    text: ctx.t('bot_raffle.fee_changed', { fee }),
    keyboard: InlineKeyboard.from([[enterButton(ctx, fee)], ...navigation(ctx, raffleData.pack({})).inline_keyboard]),
  }
}

/** Refusals carry amounts as decimals. */
function usdt(decimal: string | number | undefined) {
  const parsed = parseMoney(String(decimal), 'USDT')
  return parsed.ok ? parsed.value : Money.zero('USDT')
}
