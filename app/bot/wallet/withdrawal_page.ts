import { InlineKeyboard } from 'grammy'
import db from '@adonisjs/lucid/services/db'
import ChainOperation from '#chain/models/chain_operation'
import type ChainWithdrawal from '#chain/models/chain_withdrawal'
import { ConfirmationsQuery } from '#chain/queries/confirmations_query'
import { stepOf, withdrawalView } from '#chain/withdrawals/withdrawal_view'
import type { BotContext } from '#bot/context'
import { unpackCallback } from '#bot/callback_data/callback_data'
import { showComposed } from '#bot/invoices/show_invoice'
import { explorerUrl } from '#bot/raffle/links'
import { navigation } from '#bot/screens/screen'
import { cancelWithdrawalData, walletData } from '#bot/screens/wallet_data'
import { momentText } from '#bot/texts/moment_text'

/**
 * The withdrawal in the message that follows it from now on. Its buttons open screens below, so that it stays where it
 * is; what happened to it while it was drawn is drawn once more.
 */
export async function showWithdrawal(ctx: BotContext, withdrawal: ChainWithdrawal): Promise<unknown> {
  const operation = await operationOf(withdrawal)
  const shown = stepOf(withdrawal, operation)
  await showComposed(ctx, await viewOf(ctx, withdrawal, operation), { inPlace: true })
  await withdrawal.refresh()
  return stepOf(withdrawal, await operationOf(withdrawal)) === shown ? null : showWithdrawal(ctx, withdrawal)
}

/** The withdrawal as a page, with Back and Home. */
export async function showWithdrawalPage(ctx: BotContext, withdrawal: ChainWithdrawal) {
  const { template, params, buttons } = await viewOf(ctx, withdrawal, await operationOf(withdrawal))
  const at = await momentText(ctx, withdrawal.createdAt)
  const explorer = await explorerUrl(ctx, withdrawal.txHash)
  const isCancellable = buttons.flat().some((button) => 'action' in button && button.action === 'cancel_withdrawal')
  const cancel = InlineKeyboard.text(
    ctx.label('notifications.buttons.cancel_withdrawal'),
    cancelWithdrawalData.pack({ withdrawal: withdrawal.reference })
  )
  await ctx.show({
    text: [ctx.t(`notifications.${template}`, params), ctx.t('bot_wallet.withdrawal_when', { at })].join('\n'),
    keyboard: InlineKeyboard.from([
      ...(explorer ? [[InlineKeyboard.url(ctx.label('bot_raffle.explorer_button'), explorer)]] : []),
      ...(isCancellable ? [[cancel]] : []),
      ...navigation(ctx, walletData.pack({})).inline_keyboard,
    ]),
  })
}

/** Shows it again in whichever of the two messages was pressed. */
export const showWithdrawalAgain = (ctx: BotContext, withdrawal: ChainWithdrawal) =>
  unpackCallback(ctx.callbackQuery?.data ?? '')?.origin === 'screen'
    ? showWithdrawalPage(ctx, withdrawal)
    : showWithdrawal(ctx, withdrawal)

async function viewOf(ctx: BotContext, withdrawal: ChainWithdrawal, operation: ChainOperation | null) {
  const confirmations = await ctx.make(ConfirmationsQuery)
  return withdrawalView(withdrawal, operation, await confirmations.ofOperation(db.connection(), withdrawal.operationId))
}

const operationOf = ({ operationId }: ChainWithdrawal) => (operationId ? ChainOperation.find(operationId) : null)
