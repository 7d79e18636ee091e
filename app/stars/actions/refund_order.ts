import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { OrderAlerts } from '#stars/orders/order_alerts'
import { OrderBook } from '#stars/orders/order_book'
import { Refunding } from '#stars/orders/refunding'
import { NOTE_MAX_LENGTH } from '#stars/values'

/**
 * An admin gives the price back to the customer's balance. Refuses with `reason_required`, `note_too_long`,
 * `order_not_found`, `wrong_status`, `delivery_in_progress` when the Stars may be on their way and nobody has been
 * asked yet, or as the payments do.
 */
@inject()
export class RefundOrder {
  constructor(
    private audit: Audit,
    private book: OrderBook,
    private refunding: Refunding,
    private alerts: OrderAlerts
  ) {}

  async handle({ orderId, note, actor }: { orderId: number; note: string; actor: Actor }) {
    const words = note.trim()
    if (!words) return refuse('reason_required')
    if (words.length > NOTE_MAX_LENGTH) return refuse('note_too_long', { max: NOTE_MAX_LENGTH })

    const refunded = await transaction(async (trx) => {
      const order = await this.book.lock(trx, orderId)
      if (!order) return refuse('order_not_found')
      const { status, attention } = order
      const done = await this.refunding.refund(trx, order, { actor, note: words, reason: 'by_admin' })
      if (!done.ok) return done
      await this.audit.record(trx, {
        actor,
        action: 'star_order.refunded',
        subjectType: 'star_order',
        subjectId: order.id,
        before: { status, attention },
        after: { status: order.status, amount: String(order.total), note: words },
      })
      return ok(order)
    })
    if (refunded.ok) await this.alerts.over(refunded.value)
    return refunded
  }
}
