import { inject } from '@adonisjs/core'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok } from '#core/result'
import { CancelInvoice } from '#payments/actions/cancel_invoice'
import { CreateInvoice } from '#payments/actions/create_invoice'
import type Invoice from '#payments/models/invoice'
import type { ProviderName } from '#payments/values'
import type StarOrder from '#stars/models/star_order'
import { NewOrders } from '#stars/orders/new_orders'
import { OrderBook } from '#stars/orders/order_book'
import { UNPAID } from '#stars/orders/transitions'
import { STAR_ORDER } from '#stars/orders/invoice_purpose'
import type { PurchaseInput } from '#stars/orders/purchase'
import { StarRates } from '#stars/pricing/star_rates'
import { invoiceOf } from '#stars/queries/order_detail_query'
import type { PriceCurrency } from '#stars/values'

export interface InvoicePurchase extends PurchaseInput {
  provider: ProviderName
  /** In which the price was quoted. */
  currency: PriceCurrency
  /** What the invoice is for, in the customer's language; number of Stars and reference follow it. */
  title?: string
}

/**
 * Opens an order and the invoice that pays it. The order is kept before the provider is asked, so that nothing that
 * is paid can lack one; when the provider refuses, the order is cancelled. The same key again answers the same order
 * and invoice. Refuses as `BuyFromBalance` does, but for the balance; and as `CreateInvoice` does.
 */
@inject()
export class BuyByInvoice {
  constructor(
    private orders: NewOrders,
    private book: OrderBook,
    private rates: StarRates,
    private invoices: CreateInvoice,
    private cancel: CancelInvoice
  ) {}

  async handle(input: InvoicePurchase) {
    const opened = await this.#open(input)
    if (!opened.ok) return opened
    const order = opened.value
    const created = await this.invoices.handle({
      customerId: order.customerId,
      purpose: STAR_ORDER,
      subjectType: STAR_ORDER,
      subjectId: order.id,
      amount: order.total,
      provider: input.provider,
      key: `star_order:${order.id}`,
      description: `${input.title ?? 'Telegram Stars'}: ${order.delivered} · ${order.reference}`,
      actor: { type: 'customer', id: order.customerId, name: `customer ${order.customerId}` },
    })
    if (!created.ok) {
      if (created.refusal.code !== 'invoice_in_preparation') await this.#giveUp(order)
      return created
    }
    const waiting = await this.#await(order, created.value, input)
    if (waiting.status === 'cancelled') await this.#withdraw(waiting)
    return ok({ order: waiting, invoice: created.value })
  }

  async #open(input: InvoicePurchase) {
    const rate = await this.rates.to(input.currency)
    return transaction(async (trx) => {
      const asked = await this.orders.admit(trx, input, 'invoice', rate)
      if (!asked.ok) return asked
      const { earlier, admitted } = asked.value
      return ok(earlier ?? (await this.orders.create(trx, input, admitted)))
    })
  }

  /** The payment may have been quicker: then there is nothing to wait for. */
  #await({ id }: StarOrder, invoice: Invoice, { messageId }: PurchaseInput) {
    return transaction(async (trx) => {
      const order = (await this.book.lock(trx, id))!
      if (order.status !== 'created') return order
      const changes = { invoiceId: invoice.id }
      await this.book.move(trx, order, {
        to: 'awaiting_payment',
        actor: SYSTEM_ACTOR,
        changes,
        silent: Boolean(messageId),
      })
      return order
    })
  }

  async #giveUp({ id }: StarOrder) {
    const given = await transaction(async (trx) => {
      const order = (await this.book.lock(trx, id))!
      if (!UNPAID.includes(order.status)) return null
      const changes = { reason: 'invoice_failed' as const }
      await this.book.move(trx, order, { to: 'cancelled', actor: SYSTEM_ACTOR, changes, silent: true })
      return order
    })
    if (given) await this.#withdraw(given)
  }

  /** Nobody pays for what is not to be had. */
  async #withdraw(order: StarOrder) {
    const invoice = await invoiceOf(order)
    if (invoice?.isOpen) await this.cancel.handle({ invoiceId: invoice.id, actor: SYSTEM_ACTOR })
  }
}
