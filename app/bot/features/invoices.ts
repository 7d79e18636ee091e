import { Composer } from 'grammy'
import { CancelInvoice } from '#payments/actions/cancel_invoice'
import { CheckInvoice } from '#payments/actions/check_invoice'
import Invoice from '#payments/models/invoice'
import StarOrder from '#stars/models/star_order'
import { STAR_ORDER } from '#stars/orders/invoice_purpose'
import { onCallback } from '#bot/callback_data/on_callback'
import type { BotContext } from '#bot/context'
import { customerActor } from '#bot/customer_actor'
import type { Feature } from '#bot/feature'
import { showInvoice } from '#bot/invoices/show_invoice'
import { wayName } from '#bot/money/pay_ways'
import { refusalText } from '#bot/money/refusal_text'
import { cancelInvoiceData, checkInvoiceData, invoiceData } from '#bot/screens/money_data'
import { showOrderAgain, showOrderPage } from '#bot/shop/order_screens'

/** One message for each invoice: to pay, to ask about, to cancel; it changes as the invoice does. */
export function invoicesFeature(): Feature {
  const composer = new Composer<BotContext>()
  composer.use(
    onCallback(invoiceData, async (ctx, { invoice: id }, next) => {
      const invoice = await ownInvoice(ctx, id)
      if (!invoice) return next()
      const order = await orderOf(invoice)
      return order ? showOrderPage(ctx, order) : showInvoice(ctx, invoice, { inPlace: false })
    })
  )
  composer.use(
    onCallback(checkInvoiceData, async (ctx, { invoice: id }, next) => {
      const invoice = await ownInvoice(ctx, id)
      return invoice ? check(ctx, invoice) : next()
    })
  )
  composer.use(
    onCallback(cancelInvoiceData, async (ctx, { invoice: id }, next) => {
      const invoice = await ownInvoice(ctx, id)
      return invoice ? cancel(ctx, invoice) : next()
    })
  )
  return { composer }
}

async function check(ctx: BotContext, { id, customerId }: Invoice) {
  const action = await ctx.make(CheckInvoice)
  const result = await action.handle({ invoiceId: id, customerId })
  const invoice = result.ok ? result.value : await Invoice.findOrFail(id)
  const way = wayName(ctx, invoice.provider)
  const text = ctx.label(`bot_money.checked.${result.ok ? wordOf(invoice) : 'unreachable'}`, { way })
  await ctx.toast(text, { alert: !result.ok || invoice.isOpen })
  await showAgain(ctx, invoice)
}

function wordOf({ isOpen, paidAssetAmount, status }: Invoice) {
  if (!isOpen) return status
  return paidAssetAmount ? 'part' : 'pending'
}

const orderOf = async ({ subjectType, subjectId }: Invoice) =>
  subjectType === STAR_ORDER ? StarOrder.find(subjectId!) : null

/** An invoice that pays an order is shown as that order. */
async function showAgain(ctx: BotContext, invoice: Invoice) {
  const order = await orderOf(invoice)
  return order ? showOrderAgain(ctx, order) : showInvoice(ctx, invoice)
}

async function cancel(ctx: BotContext, { id, customerId }: Invoice) {
  const action = await ctx.make(CancelInvoice)
  const result = await action.handle({ invoiceId: id, customerId, actor: customerActor(ctx) })
  if (!result.ok) await ctx.toast(refusalText(ctx, result.refusal), { alert: true })
  await showInvoice(ctx, await Invoice.findOrFail(id))
}

const ownInvoice = (ctx: BotContext, id: number) => Invoice.query().where({ id, customerId: ctx.customer.id }).first()
