import type { MessageParams, SymbolicButton } from '#core/contracts/outbox'
import type Invoice from '#payments/models/invoice'
import type StarOrder from '#stars/models/star_order'
import { UNPAID } from '#stars/orders/transitions'
import type { OrderStatus } from '#stars/values'
import { invoiceParams, payButtons, type Reader } from '#bot/invoices/invoice_view'

/** What the message of an order says in its present state; the same words as the outbox's when the order goes on. */
export function orderView(order: StarOrder, invoice: Invoice | null, recipient: string, reader: Reader) {
  const params: MessageParams = {
    ...(invoice ? invoiceParams(invoice, reader) : {}),
    reference: order.reference,
    stars: order.delivered,
    recipient,
    price: order.total,
  }
  const isPayable = UNPAID.includes(order.status) && invoice?.isOpen === true
  return {
    template: isPayable ? 'live.star_order_to_pay' : `star_order_${worded(order.status)}`,
    params,
    buttons: [...buttonsOf(order, isPayable ? invoice : null), [{ action: 'menu' }]] as SymbolicButton[][],
  }
}

/** Whoever sees an order that is being made is about to pay it. */
const worded = (status: OrderStatus) => (status === 'created' ? 'awaiting_payment' : status)

function buttonsOf(order: StarOrder, toPay: Invoice | null): SymbolicButton[][] {
  if (!UNPAID.includes(order.status)) return [[{ action: 'star_order', id: order.reference }]]
  return [...(toPay ? payButtons(toPay) : []), [{ action: 'cancel_star_order', id: order.reference }]]
}
