import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { Fulfilments } from '#stars/fulfilment/fulfilments'
import { OrderAlerts } from '#stars/orders/order_alerts'
import { OrderBook } from '#stars/orders/order_book'
import { wakeDelivery } from '#stars/orders/payment_intake'

/**
 * Lets a delivery that waits for a person go on where it stopped. What may have been paid is looked up again, never
 * paid again. Refuses with `order_not_found`, `wrong_status` or `already_manual`.
 */
@inject()
export class RetryFulfilment {
  constructor(
    private audit: Audit,
    private book: OrderBook,
    private fulfilments: Fulfilments,
    private alerts: OrderAlerts
  ) {}

  async handle({ orderId, actor }: { orderId: number; actor: Actor }) {
    const retried = await transaction(async (trx) => {
      const order = await this.book.lock(trx, orderId)
      if (!order) return refuse('order_not_found')
      if (order.status !== 'fulfilling') return refuse('wrong_status', { status: order.status })
      const open = (await this.fulfilments.open(trx, order.id))!
      if (open.provider === 'manual') return refuse('already_manual')

      const { attention } = order
      await order.merge({ attention: null, attentionAt: null }).save()
      await this.fulfilments.resume(trx, open)
      await this.book.write(trx, order, { event: 'retried', actor })
      await wakeDelivery(trx, order.id)
      await this.audit.record(trx, {
        actor,
        action: 'star_order.retried',
        subjectType: 'star_order',
        subjectId: order.id,
        before: { attention },
        after: { attention: null },
      })
      return ok(order)
    })
    if (retried.ok) await this.alerts.over(retried.value)
    return retried
  }
}
