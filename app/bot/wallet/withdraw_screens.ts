import { InlineKeyboard } from 'grammy'
import { Chain } from '#chain/chain_config'
import { networkName } from '#chain/networks'
import { WithdrawalOptionsQuery, type WithdrawalOptions } from '#chain/queries/withdrawal_options_query'
import type { WalletState } from '#chain/queries/wallet_query'
import { Money } from '#core/money/money'
import type { BotContext } from '#bot/context'
import { amountHint, readAmount, type AmountRange } from '#bot/money/read_amount'
import { listKeyboard, navigation, type Screen } from '#bot/screens/screen'
import {
  walletData,
  withdrawAllData,
  withdrawCheckData,
  withdrawData,
  withdrawSendData,
} from '#bot/screens/wallet_data'
import type { WithdrawalDraft } from '#bot/wallet/withdrawal_draft'
import { formatAmount } from '#bot/texts/format_amount'

/** How much may leave the wallet now. */
export interface Withdrawable extends WithdrawalOptions {
  /** In the wallet, and not promised to anything. */
  available: Money
  /** The smaller one of what is there and what the limit leaves. */
  max: Money
}

/** Null while no node tells what is in the wallet. */
export async function withdrawable(ctx: BotContext, { balance, promised }: WalletState): Promise<Withdrawable | null> {
  if (!balance) return null
  const query = await ctx.make(WithdrawalOptionsQuery)
  const options = await query.run(ctx.customer.id)
  const free = balance.subtract(promised)
  const available = free.isNegative ? Money.zero('USDT') : free
  return { ...options, available, max: available.compare(options.left) < 0 ? available : options.left }
}

/** Why nothing can be withdrawn; null when something can. */
export function nothingScreen(ctx: BotContext, options: Withdrawable): Screen | null {
  const { available, left, min, limit, perDay, isCountUsed } = options
  const keyboard = navigation(ctx, walletData.pack({}))
  if (available.isZero) return { text: ctx.t('bot_wallet.withdraw_empty'), keyboard }
  if (available.compare(min) < 0) return { text: ctx.t('bot_wallet.under_minimum', { min, available }), keyboard }
  if (isCountUsed) return { text: ctx.t('bot_wallet.withdraw_count_none', { count: perDay }), keyboard }
  if (left.compare(min) < 0) return { text: ctx.t('bot_wallet.withdraw_left_none', { limit }), keyboard }
  return null
}

export async function addressScreen(ctx: BotContext, { max }: Withdrawable): Promise<Screen> {
  const text = ctx.t('bot_wallet.ask_address', { available: max, network: await network(ctx) })
  return { text, keyboard: navigation(ctx, walletData.pack({})) }
}

/** What was wrong with an address; another one is awaited. */
export const wrongAddressScreen = (ctx: BotContext, text: string): Screen => ({
  text,
  keyboard: navigation(ctx, walletData.pack({})),
})

export function amountScreen(ctx: BotContext, { min, max }: Withdrawable, { to: address }: WithdrawalDraft): Screen {
  const all = { text: ctx.label('bot_wallet.all_button', { amount: max }), data: withdrawAllData.pack({}) }
  return {
    text: ctx.t('bot_wallet.ask_amount', { address, min, max }),
    keyboard: listKeyboard(ctx, [all], withdrawData.pack({})),
  }
}

/** Reads an amount; the words for one that can't be. */
export function readWithdrawal(ctx: BotContext, text: string, options: Withdrawable) {
  const range: AmountRange = { min: options.min, max: options.max }
  const read = readAmount(text, range)
  if (read.ok) return { amount: read.value, hint: '' }
  const { code } = read.refusal
  return { amount: null, hint: code === 'over_maximum' ? overText(ctx, options) : amountHint(ctx, code, range) }
}

const overText = (ctx: BotContext, { available, left, limit, max }: Withdrawable) =>
  left.compare(available) < 0
    ? ctx.t('bot_wallet.over_limit', { limit, max })
    : ctx.t('bot_wallet.over_balance', { max })

export const wrongAmountScreen = (ctx: BotContext, text: string): Screen => ({
  text,
  keyboard: navigation(ctx, withdrawData.pack({})),
})

/** The withdrawal in full, to be looked at. */
export async function checkScreen(
  ctx: BotContext,
  { to: address, key }: WithdrawalDraft,
  { amount, approvalAbove: above }: { amount: Money; approvalAbove: Money }
): Promise<Screen> {
  const text = [
    ctx.t('bot_wallet.check', { amount, address, network: await network(ctx) }),
    amount.compare(above) > 0 ? ctx.t('bot_wallet.check_approval', { above }) : '',
  ]
  const next = { text: ctx.label('bot_wallet.check_button'), data: withdrawCheckData.pack({ key: key! }) }
  const other = { text: ctx.label('bot_wallet.other_address'), data: withdrawData.pack({}) }
  return { text: text.filter(Boolean).join('\n\n'), keyboard: listKeyboard(ctx, [next, other], walletData.pack({})) }
}

/** The second question: it can't be undone. */
export function sureScreen(ctx: BotContext, { to: address, amount, key }: Required<WithdrawalDraft>): Screen {
  const label = ctx.label('bot_wallet.send_button', { amount: formatAmount(amount, ctx.locale) })
  return {
    text: ctx.t('bot_wallet.sure', { address }),
    keyboard: InlineKeyboard.from([
      [InlineKeyboard.text(label, withdrawSendData.pack({ key }))],
      ...navigation(ctx, walletData.pack({})).inline_keyboard,
    ]),
  }
}

/** Empty while no chain is configured. */
export async function network(ctx: BotContext) {
  const { config } = await ctx.make(Chain)
  return config ? networkName(config.chainId) : ''
}
