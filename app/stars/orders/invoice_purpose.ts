import { inject } from '@adonisjs/core'
import { SYSTEM_ACTOR, type Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import Customer from '#customers/models/customer'
import { system } from '#ledger/accounts'
import type Invoice from '#payments/models/invoice'
import type { PurposeHandler } from '#payments/purposes'
import type { ClosedStatus } from '#payments/values'
import { OrderBook } from '#stars/orders/order_book'
import { PaymentIntake } from '#stars/orders/payment_intake'
import { Refunding } from '#stars/orders/refunding'
import { UNPAID } from '#stars/orders/transitions'
import type { Reason } from '#stars/values'

export const STAR_ORDER = 'star_order'

const REASONS: Record<ClosedStatus, Reason> = {
  expired: 'invoice_expired',
  failed: 'invoice_failed',
  cancelled: 'by_customer',
}

/** What the payments do with an order when its invoice is paid, closed or refunded. */
@inject()
export class StarOrderPurpose implements PurposeHandler {
  readonly purpose = STAR_ORDER
  readonly ways = ['crypto_pay', 'heleket', 'sandbox'] as const
  readonly announces = true

  constructor(
    private book: OrderBook,
    private intake: PaymentIntake,
    private refunding: Refunding
  ) {}

  destination(invoice: Invoice) {
    return system('revenue', invoice.currency)
  }

  /** Refuses with `order_not_found`, `order_closed` or `customer_banned`. */
  async mayPay(trx: Trx, invoice: Invoice) {
    const order = await this.book.lock(trx, invoice.subjectId!)
    if (!order) return refuse('order_not_found')
    if (!UNPAID.includes(order.status)) return refuse('order_closed', { status: order.status })
    const customer = await Customer.findOrFail(order.customerId, { client: trx })
    return customer.isBanned ? refuse('customer_banned') : ok(order)
  }

  async paid(trx: Trx, invoice: Invoice, actor: Actor) {
    const order = (await this.book.lock(trx, invoice.subjectId!))!
    await order.merge({ invoiceId: invoice.id }).save()
    await this.intake.take(trx, order, { transferId: invoice.transferId, actor })
  }

  async closed(trx: Trx, invoice: Invoice, status: ClosedStatus) {
    const order = await this.book.lock(trx, invoice.subjectId!)
    if (!order || !UNPAID.includes(order.status)) return
    await this.book.move(trx, order, { to: 'cancelled', actor: SYSTEM_ACTOR, changes: { reason: REASONS[status] } })
  }

  /** Refuses with `order_not_found`, `wrong_status` or `delivery_in_progress`. */
  async mayRefund(trx: Trx, invoice: Invoice) {
    const order = await this.book.lock(trx, invoice.subjectId!)
    return order ? this.refunding.mayRefund(trx, order) : refuse('order_not_found')
  }

  async refunded(trx: Trx, invoice: Invoice, actor: Actor) {
    const order = await this.book.lock(trx, invoice.subjectId!)
    if (order) await this.refunding.close(trx, order, { actor, note: null, transferId: null })
  }
}
