import { inject } from '@adonisjs/core'
import type { Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { Fulfilments } from '#stars/fulfilment/fulfilments'
import type StarOrder from '#stars/models/star_order'
import { OrderBook } from '#stars/orders/order_book'
import { OrderPostings } from '#stars/orders/postings'
import { OWED } from '#stars/orders/transitions'
import type { Reason } from '#stars/values'

export interface Closing {
  actor: Actor
  note: string | null
  /** Null when the money went back outside of the ledger of this order. */
  transferId: number | null
  reason?: Reason
}

/** Gives the money of an order back. */
@inject()
export class Refunding {
  constructor(
    private book: OrderBook,
    private postings: OrderPostings,
    private fulfilments: Fulfilments
  ) {}

  /** The order's row is locked. Refuses with `wrong_status` or `delivery_in_progress`. */
  async mayRefund(trx: Trx, order: StarOrder) {
    if (!OWED.includes(order.status)) return refuse('wrong_status', { status: order.status })
    const open = await this.fulfilments.open(trx, order.id)
    const mayHaveLeft = open && this.fulfilments.mayHaveLeft(open)
    return mayHaveLeft && !order.attention ? refuse('delivery_in_progress') : ok(order)
  }

  /** To the customer's balance, unless an admin has reversed the payment: then the money is back already. Refuses as `mayRefund`, and as the ledger or the payments do. */
  async refund(trx: Trx, order: StarOrder, { actor, note, reason }: { actor: Actor; note: string; reason?: Reason }) {
    const may = await this.mayRefund(trx, order)
    if (!may.ok) return may
    const refunded = await this.postings.refund(trx, order, note, actor)
    const isBack = !refunded.ok && refunded.refusal.code === 'already_reversed'
    if (!refunded.ok && !isBack) return refunded
    await this.close(trx, order, { actor, note, transferId: refunded.ok ? refunded.value : null, reason })
    return ok(order)
  }

  /** The money is back: nobody delivers the Stars any more. */
  async close(trx: Trx, order: StarOrder, { actor, note, transferId, reason }: Closing) {
    if (!OWED.includes(order.status)) throw new Error(`Order ${order.reference} is ${order.status}: nothing to refund`)
    await this.fulfilments.abandon(trx, order.id)
    await this.postings.returned(trx, order, actor)
    const changes = { refundTransferId: transferId, ...(reason && { reason }) }
    await this.book.move(trx, order, { to: 'refunded', actor, note, changes })
  }
}
