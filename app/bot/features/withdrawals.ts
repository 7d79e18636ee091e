import { Composer } from 'grammy'
import { CancelWithdrawal } from '#chain/actions/cancel_withdrawal'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import { customerActor } from '#bot/customer_actor'
import type { Feature } from '#bot/feature'
import { cancelWithdrawalData, withdrawalData } from '#bot/screens/wallet_data'
import { showWithdrawalAgain, showWithdrawalPage } from '#bot/wallet/withdrawal_page'

/** A withdrawal that was asked for: how it goes, and a way out of one that has not gone out. */
export function withdrawalsFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.use(
    onCallback(withdrawalData, async (ctx, { withdrawal: reference }, next) => {
      const withdrawal = await ownWithdrawal(ctx, reference)
      return withdrawal ? showWithdrawalPage(ctx, withdrawal) : next()
    })
  )
  composer.use(
    onCallback(cancelWithdrawalData, async (ctx, { withdrawal: reference }, next) => {
      const withdrawal = await ownWithdrawal(ctx, reference)
      return withdrawal ? cancel(ctx, withdrawal) : next()
    })
  )
  return { composer }
}

const ownWithdrawal = (ctx: BotContext, reference: string) =>
  ChainWithdrawal.query().where({ customerId: ctx.customer.id, reference }).first()

async function cancel(ctx: BotContext, withdrawal: ChainWithdrawal) {
  const action = await ctx.make(CancelWithdrawal)
  const result = await action.run({ withdrawalId: withdrawal.id, actor: customerActor(ctx) })
  if (!result.ok) await ctx.toast(ctx.label('bot_wallet.not_cancellable'), { alert: true })
  await showWithdrawalAgain(ctx, await withdrawal.refresh())
}
