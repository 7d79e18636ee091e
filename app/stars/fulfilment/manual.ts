import { inject } from '@adonisjs/core'
import type { Trx } from '#core/database/transaction'
import { DeliveryProvider, type StepOutcome } from '#stars/fulfilment/delivery_provider'
import type StarOrder from '#stars/models/star_order'
import { OrderAlerts } from '#stars/orders/order_alerts'

const DAY = 24 * 60 * 60 * 1000

/** A person delivers: the order waits in the queue until `MarkDelivered` or `RefundOrder`. */
@inject()
export class ManualDelivery extends DeliveryProvider {
  readonly name = 'manual'

  constructor(private alerts: OrderAlerts) {
    super()
  }

  begin(trx: Trx, order: StarOrder) {
    return this.alerts.toDeliver(trx, order)
  }

  async step(): Promise<StepOutcome> {
    return { kind: 'wait', forMs: DAY }
  }
}
