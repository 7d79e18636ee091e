import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { Fulfilments } from '#stars/fulfilment/fulfilments'
import { Handover } from '#stars/fulfilment/handover'
import { OrderAlerts } from '#stars/orders/order_alerts'
import { OrderBook } from '#stars/orders/order_book'
import { NOTE_MAX_LENGTH } from '#stars/values'

/**
 * An admin has handed the Stars over, or has seen that they arrived. Refuses with `order_not_found`, `wrong_status`,
 * `note_too_long`, or `delivery_in_progress` while Fragment is at it.
 */
@inject()
export class MarkDelivered {
  constructor(
    private audit: Audit,
    private book: OrderBook,
    private fulfilments: Fulfilments,
    private handover: Handover,
    private alerts: OrderAlerts
  ) {}

  async handle({ orderId, note, actor }: { orderId: number; note?: string | null; actor: Actor }) {
    const words = note?.trim() || null
    if (words && words.length > NOTE_MAX_LENGTH) return refuse('note_too_long', { max: NOTE_MAX_LENGTH })

    const delivered = await transaction(async (trx) => {
      const order = await this.book.lock(trx, orderId)
      if (!order) return refuse('order_not_found')
      if (order.status !== 'fulfilling') return refuse('wrong_status', { status: order.status })
      const open = (await this.fulfilments.open(trx, order.id))!
      if (open.provider !== 'manual' && !order.attention) return refuse('delivery_in_progress')

      const { status, attention } = order
      await this.handover.complete(trx, order, open, { actor, note: words })
      await this.audit.record(trx, {
        actor,
        action: 'star_order.delivered',
        subjectType: 'star_order',
        subjectId: order.id,
        before: { status, attention },
        after: { status: order.status, note: words },
      })
      return ok(order)
    })
    if (delivered.ok) await this.alerts.over(delivered.value)
    return delivered
  }
}
