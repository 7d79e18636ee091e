import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { CancelInvoice } from '#payments/actions/cancel_invoice'
import type StarOrder from '#stars/models/star_order'
import { OrderBook } from '#stars/orders/order_book'
import { UNPAID } from '#stars/orders/transitions'

export interface CancelOrderInput {
  orderId: number
  /** Whose order it must be; absent for an admin. */
  customerId?: number
  actor: Actor
  /** The bot shows the new state by itself. */
  silent?: boolean
}

/**
 * Gives up an order that is not paid, and its invoice with it: of a cancellation and a payment at the same moment one
 * wins. Refuses with `order_not_found`, or `wrong_status` once it is paid or over.
 */
@inject()
export class CancelOrder {
  constructor(
    private book: OrderBook,
    private invoices: CancelInvoice,
    private audit: Audit
  ) {}

  async handle({ orderId, customerId, actor, silent }: CancelOrderInput) {
    const cancelled = await transaction(async (trx) => {
      const order = await this.book.lock(trx, orderId)
      if (!order || (customerId !== undefined && order.customerId !== customerId)) return refuse('order_not_found')
      if (!UNPAID.includes(order.status)) return refuse('wrong_status', { status: order.status })
      const reason = actor.type === 'customer' ? 'by_customer' : 'by_admin'
      await this.book.move(trx, order, { to: 'cancelled', actor, silent, changes: { reason } })
      if (actor.type === 'admin') await this.#record(trx, order, actor)
      return ok(order)
    })
    if (cancelled.ok && cancelled.value.invoiceId !== null) {
      await this.invoices.handle({ invoiceId: cancelled.value.invoiceId, actor })
    }
    return cancelled
  }

  #record(trx: Trx, { id, reference }: StarOrder, actor: Actor) {
    return this.audit.record(trx, {
      actor,
      action: 'star_order.cancelled',
      subjectType: 'star_order',
      subjectId: id,
      after: { reference, status: 'cancelled' },
    })
  }
}
