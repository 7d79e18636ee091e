import { InlineKeyboard } from 'grammy'
import { Chain } from '#chain/chain_config'
import { networkName } from '#chain/networks'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { WalletQuery, type WalletState } from '#chain/queries/wallet_query'
import { chainEnabled, withdrawalsEnabled } from '#chain/settings'
import type { BotContext } from '#bot/context'
import { raffleIsOn } from '#bot/raffle/raffle_is_on'
import { historyData } from '#bot/screens/history_data'
import { balanceData } from '#bot/screens/money_data'
import { raffleData } from '#bot/screens/raffle_data'
import { navigation, type Screen } from '#bot/screens/screen'
import { depositData, withdrawalData, withdrawData } from '#bot/screens/wallet_data'

export async function readWallet(ctx: BotContext): Promise<WalletState | null> {
  const query = await ctx.make(WalletQuery)
  return query.run(ctx.customer.id)
}

/** What is in the wallet, now and for sure, where it is, and the ways from there. */
export async function walletScreen(ctx: BotContext, state: WalletState): Promise<Screen> {
  const isOn = await ctx.deps.settings.get(chainEnabled)
  const lines = [
    isOn ? '' : ctx.t('bot_wallet.off'),
    await walletText(ctx, state),
    underwayText(ctx, state),
    state.operation ? ctx.t('bot_wallet.busy', { kind: state.operation.kind }) : '',
  ]
  return { text: lines.filter(Boolean).join('\n\n'), keyboard: await keyboardOf(ctx, isOn) }
}

export const walletOffScreen = (ctx: BotContext): Screen => ({
  text: ctx.t('bot_wallet.off'),
  keyboard: navigation(ctx, balanceData.pack({})),
})

/** Where to send USDT: below the QR code, and whatever else must be known before it is sent. */
export async function depositText(ctx: BotContext, { wallet }: WalletState) {
  const { config } = await ctx.make(Chain)
  return ctx.t('bot_wallet.deposit', { address: wallet.address, ...(await networkOf(ctx)), contract: config!.usdt })
}

async function networkOf(ctx: BotContext) {
  const { required } = await ctx.make(Chain)
  return { network: networkName(required.chainId) }
}

async function walletText(ctx: BotContext, { wallet, balance, confirmed }: WalletState) {
  const where = { address: wallet.address, ...(await networkOf(ctx)) }
  return balance
    ? ctx.t('bot_wallet.wallet', { balance, ...where })
    : ctx.t('bot_wallet.wallet_blind', { confirmed, ...where })
}

/** What the chain has and our books don't yet, or the other way round. */
function underwayText(ctx: BotContext, { balance, confirmed }: WalletState) {
  if (!balance || balance.equals(confirmed)) return ''
  return balance.compare(confirmed) > 0
    ? ctx.t('bot_wallet.confirming', { amount: balance.subtract(confirmed) })
    : ctx.t('bot_wallet.leaving', { amount: confirmed.subtract(balance) })
}

async function keyboardOf(ctx: BotContext, isOn: boolean) {
  const button = (key: string, data: string) => InlineKeyboard.text(ctx.label(key), data)
  const deposit = isOn ? [button('bot_wallet.deposit_button', depositData.pack({}))] : []
  const withdraw =
    isOn && (await ctx.deps.settings.get(withdrawalsEnabled))
      ? [button('bot_wallet.withdraw_button', withdrawData.pack({}))]
      : []
  const raffle = (await raffleIsOn(ctx)) ? [button('bot_raffle.menu', raffleData.pack({}))] : []
  const underway = await ChainWithdrawal.query().where('customerId', ctx.customer.id).whereNull('finishedAt').first()
  const follow = underway
    ? [button('bot_wallet.busy_button', withdrawalData.pack({ withdrawal: underway.reference }))]
    : []
  return InlineKeyboard.from([
    deposit,
    withdraw,
    follow,
    [...raffle, button('bot_money.history_button', historyData.pack({}))],
    ...navigation(ctx, balanceData.pack({})).inline_keyboard,
  ])
}
