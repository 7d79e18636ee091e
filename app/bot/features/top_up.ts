import { Composer } from 'grammy'
import { Money } from '#core/money/money'
import { TopUpOptionsQuery } from '#payments/queries/top_up_options_query'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import type { Directory } from '#bot/directory'
import type { Feature } from '#bot/feature'
import type { Flow } from '#bot/flows/flow'
import { showInvoice } from '#bot/invoices/show_invoice'
import { payTopUp } from '#bot/money/pay_top_up'
import { amountHint, readAmount } from '#bot/money/read_amount'
import { amountScreen, offScreen, waysScreen } from '#bot/money/top_up_screens'
import { topUpsAreOn } from '#bot/money/top_ups_are_on'
import { navigation } from '#bot/screens/screen'
import { topUpAmountData, topUpData, topUpPayData } from '#bot/screens/money_data'

const FLOW = 'top_up'

/** Money onto the balance: how much, in which way, and the invoice for it. */
export function topUpFeature({ flows }: Directory): Feature {
  const ask = async (ctx: BotContext) => {
    if (!(await topUpsAreOn(ctx))) return ctx.show(offScreen(ctx))
    flows.enter(ctx, FLOW, 'amount')
    return ctx.show(await amountScreen(ctx))
  }
  const offer = async (ctx: BotContext, amount: Money) => {
    flows.enter(ctx, FLOW, 'way', { amount: String(amount.minor) })
    return ctx.show(await waysScreen(ctx, amount))
  }
  const take = async (ctx: BotContext, text: string) => {
    if (!(await topUpsAreOn(ctx))) return ctx.show(offScreen(ctx))
    const options = await ctx.make(TopUpOptionsQuery)
    const range = await options.run()
    const read = readAmount(text, range)
    if (read.ok) return offer(ctx, read.value)
    flows.enter(ctx, FLOW, 'amount')
    return ctx.show({ text: amountHint(ctx, read.refusal.code, range), keyboard: navigation(ctx, topUpData.pack({})) })
  }

  const flow: Flow = {
    name: FLOW,
    title: 'bot_money.top_up_title',
    isAvailable: topUpsAreOn,
    isWorthResuming: ({ step }) => step === 'way',
    show: (ctx, { data }) => (isAmount(data.amount) ? offer(ctx, tonOf(data.amount)) : ask(ctx)),
    receive: (ctx) => take(ctx, ctx.message?.text ?? ''),
  }

  const composer = new Composer<BotContext>()
  composer.command('recharge', (ctx) => (ctx.match.trim() ? take(ctx, ctx.match) : ask(ctx)))
  composer.use(onCallback(topUpData, ask))
  composer.use(onCallback(topUpAmountData, (ctx, { amount }) => take(ctx, Money.of(amount, 'TON').toDecimal())))
  composer.use(
    onCallback(topUpPayData, async (ctx, { way, amount, key }) => {
      const invoice = await payTopUp(ctx, { way, amount: Money.of(amount, 'TON'), key })
      if (!invoice) return
      flows.drop(ctx, FLOW)
      await showInvoice(ctx, invoice)
    })
  )
  return {
    composer,
    flow,
    commands: [{ name: 'recharge', audience: 'everyone' }],
    deepLinks: { recharge: ask },
  }
}

const isAmount = (value: unknown): value is string => typeof value === 'string' && /^[1-9]\d{0,15}$/.test(value)
const tonOf = (text: string) => Money.of(BigInt(text), 'TON')
