import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { DeliveryProviders } from '#stars/fulfilment/delivery_providers'
import { Fulfilments } from '#stars/fulfilment/fulfilments'
import { OrderAlerts } from '#stars/orders/order_alerts'
import { OrderBook } from '#stars/orders/order_book'

/**
 * Takes an order from Fragment and puts it in the queue of those that a person delivers. Refuses with
 * `order_not_found`, `wrong_status`, `already_manual`, or `delivery_in_progress` once the wallet may have paid.
 */
@inject()
export class HandOverToPerson {
  constructor(
    private audit: Audit,
    private book: OrderBook,
    private fulfilments: Fulfilments,
    private providers: DeliveryProviders,
    private alerts: OrderAlerts
  ) {}

  async handle({ orderId, actor }: { orderId: number; actor: Actor }) {
    const handedOver = await transaction(async (trx) => {
      const order = await this.book.lock(trx, orderId)
      if (!order) return refuse('order_not_found')
      if (order.status !== 'fulfilling') return refuse('wrong_status', { status: order.status })
      const open = (await this.fulfilments.open(trx, order.id))!
      if (open.provider === 'manual') return refuse('already_manual')
      if (this.fulfilments.mayHaveLeft(open)) return refuse('delivery_in_progress')

      await this.fulfilments.finish(trx, open, 'abandoned')
      await this.fulfilments.begin(trx, order.id, 'manual')
      await order.merge({ provider: 'manual', attention: null, attentionAt: null }).save()
      await this.book.write(trx, order, { event: 'handed_over', actor })
      await this.providers.of('manual').begin(trx, order)
      await this.audit.record(trx, {
        actor,
        action: 'star_order.handed_over',
        subjectType: 'star_order',
        subjectId: order.id,
        before: { provider: 'fragment' },
        after: { provider: 'manual' },
      })
      return ok(order)
    })
    if (handedOver.ok) await this.alerts.over(handedOver.value)
    return handedOver
  }
}
