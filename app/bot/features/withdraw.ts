import { Composer } from 'grammy'
import { RequestWithdrawal } from '#chain/actions/request_withdrawal'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import type { Money } from '#core/money/money'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import { customerActor } from '#bot/customer_actor'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import type { Flow } from '#bot/flows/flow'
import { takePaymentTurn } from '#bot/money/payment_turn'
import { shownIn } from '#bot/screens/shown_in'
import { withdrawAllData, withdrawCheckData, withdrawData, withdrawSendData } from '#bot/screens/wallet_data'
import { destination, readyToWithdraw, withdrawalsAreOn } from '#bot/wallet/ready_to_withdraw'
import * as screens from '#bot/wallet/withdraw_screens'
import {
  isAsked,
  keepWithdrawal,
  withdrawalIn,
  withdrawalOf,
  WITHDRAWAL_FLOW,
  type WithdrawalDraft,
} from '#bot/wallet/withdrawal_draft'
import { showWithdrawal } from '#bot/wallet/withdrawal_page'
import { withdrawalRefusal } from '#bot/wallet/withdrawal_refusal'

/** USDT to an address of the customer's own: where to, how much, and two confirmations. */
export function withdrawFeature({ flows }: Directory): Feature {
  const askAddress = async (ctx: BotContext) => {
    const ready = await readyToWithdraw(ctx)
    if (!ready) return
    keepWithdrawal(ctx, flows, 'address')
    return ctx.show(await screens.addressScreen(ctx, ready.options))
  }

  const takeAddress = async (ctx: BotContext, text: string) => {
    const ready = await readyToWithdraw(ctx)
    if (!ready) return
    const address = await destination(ctx, text, ready.wallet)
    if (!address.ok) {
      keepWithdrawal(ctx, flows, 'address')
      return ctx.show(screens.wrongAddressScreen(ctx, await withdrawalRefusal(ctx, address.refusal)))
    }
    const draft = { to: address.value }
    keepWithdrawal(ctx, flows, 'amount', draft)
    return ctx.show(screens.amountScreen(ctx, ready.options, draft))
  }

  /** Null takes all that can be withdrawn. */
  const takeAmount = async (ctx: BotContext, { to }: WithdrawalDraft, text: string | null) => {
    const ready = await readyToWithdraw(ctx)
    if (!ready) return
    const { options } = ready
    const read = text === null ? { amount: options.max, hint: '' } : screens.readWithdrawal(ctx, text, options)
    if (read.amount) return check(ctx, { to }, read.amount, options)
    keepWithdrawal(ctx, flows, 'amount', { to })
    return ctx.show(screens.wrongAmountScreen(ctx, read.hint))
  }

  const check = async (ctx: BotContext, { to }: WithdrawalDraft, amount: Money, options: screens.Withdrawable) => {
    const draft = { to, amount, key: ctx.update.update_id }
    keepWithdrawal(ctx, flows, 'check', draft)
    return ctx.show(await screens.checkScreen(ctx, draft, { amount, approvalAbove: options.approvalAbove }))
  }

  const send = async (ctx: BotContext, { to, amount, key }: Required<WithdrawalDraft>) => {
    if (!(await takePaymentTurn(ctx))) return
    const action = await ctx.make(RequestWithdrawal)
    const result = await action.run({
      key: keyOf(ctx, key),
      customerId: ctx.customer.id,
      to,
      amount,
      actor: customerActor(ctx),
      messageId: shownIn(ctx) ?? undefined,
    })
    if (result.ok) {
      flows.drop(ctx, WITHDRAWAL_FLOW)
      return showWithdrawal(ctx, result.value)
    }
    await ctx.toast(await withdrawalRefusal(ctx, result.refusal), { alert: true })
    return WANTS_ADDRESS.test(result.refusal.code) ? askAddress(ctx) : showAmount(ctx, { to })
  }

  const showAmount = async (ctx: BotContext, draft: WithdrawalDraft) => {
    const ready = await readyToWithdraw(ctx)
    if (!ready) return
    keepWithdrawal(ctx, flows, 'amount', draft)
    return ctx.show(screens.amountScreen(ctx, ready.options, draft))
  }

  /** A button of long ago: what it was about is no longer known. */
  const startAnew = async (ctx: BotContext) => {
    await ctx.toast(ctx.label('bot_wallet.gone'))
    return askAddress(ctx)
  }

  const flow: Flow = {
    name: WITHDRAWAL_FLOW,
    title: 'bot_wallet.title',
    isAvailable: withdrawalsAreOn,
    isWorthResuming: (draft) => withdrawalIn(draft) !== null,
    async show(ctx, draft) {
      const withdrawal = withdrawalIn(draft)
      return withdrawal ? showAmount(ctx, withdrawal) : askAddress(ctx)
    },
    receive(ctx, draft) {
      const text = ctx.message?.text ?? ''
      const withdrawal = withdrawalIn(draft)
      return draft.step === 'address' || !withdrawal ? takeAddress(ctx, text) : takeAmount(ctx, withdrawal, text)
    },
  }

  const composer = new Composer<BotContext>()
  composer.use(onCallback(withdrawData, askAddress))
  composer.use(
    onCallback(withdrawAllData, (ctx) => {
      const withdrawal = withdrawalOf(ctx)
      return withdrawal ? takeAmount(ctx, withdrawal, null) : startAnew(ctx)
    })
  )
  composer.use(
    onCallback(withdrawCheckData, async (ctx, { key }) => {
      const withdrawal = withdrawalOf(ctx)
      const wasAsked = isAsked(ctx, 'check', key) || isAsked(ctx, 'sure', key)
      if (!isComplete(withdrawal) || !wasAsked) return startAnew(ctx)
      keepWithdrawal(ctx, flows, 'sure', withdrawal)
      return ctx.show(screens.sureScreen(ctx, withdrawal))
    })
  )
  composer.use(
    onCallback(withdrawSendData, async (ctx, { key }) => {
      const made = await ChainWithdrawal.findBy('key', keyOf(ctx, key))
      if (made) return showWithdrawal(ctx, made)
      const withdrawal = withdrawalOf(ctx)
      return isComplete(withdrawal) && isAsked(ctx, 'sure', key) ? send(ctx, withdrawal) : startAnew(ctx)
    })
  )
  return { composer, flow }
}

/** The same for every press below one confirmation, so that a second one finds the first withdrawal. */
const keyOf = ({ customer, me }: BotContext, shown: number) => `withdrawal:${customer.id}:${me.id}:${shown}`

const WANTS_ADDRESS = /^address_/

const isComplete = (draft: WithdrawalDraft | null): draft is Required<WithdrawalDraft> =>
  draft?.amount !== undefined && draft.key !== undefined
