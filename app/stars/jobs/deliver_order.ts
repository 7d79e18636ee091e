import { inject } from '@adonisjs/core'
import { Job } from '@adonisjs/queue'
import type { JobOptions } from '@adonisjs/queue/types'
import { Deliveries } from '#stars/fulfilment/deliveries'

/** Wakes the delivery of an order. When it is lost, the tick `stars.deliver` takes the order up. */
@inject()
export default class DeliverOrder extends Job<{ orderId: number }> {
  static options: JobOptions = { name: 'stars.deliver_order' }

  constructor(private deliveries: Deliveries) {
    super()
  }

  async execute() {
    await this.deliveries.run(this.payload.orderId)
  }
}
