import { inject } from '@adonisjs/core'
import Invoice from '#payments/models/invoice'
import StarOrder from '#stars/models/star_order'
import { invoiceOf } from '#stars/queries/order_detail_query'

/** A customer's own orders, for the bot. */
@inject()
export class CustomerOrdersQuery {
  /** Newest first. */
  async run(customerId: number, { page = 1, perPage = 10 }: { page?: number; perPage?: number } = {}) {
    return StarOrder.query().where('customerId', customerId).orderBy('id', 'desc').paginate(page, perPage)
  }

  /** One of theirs by its reference, with the invoice that pays it; null when it is not theirs. */
  async find(customerId: number, reference: string): Promise<{ order: StarOrder; invoice: Invoice | null } | null> {
    const order = await StarOrder.query().where({ customerId, reference }).first()
    return order && { order, invoice: await invoiceOf(order) }
  }
}
