import type Customer from '#customers/models/customer'
import CustomerModel from '#customers/models/customer'
import Invoice from '#payments/models/invoice'
import type StarFulfilment from '#stars/models/star_fulfilment'
import StarOrder from '#stars/models/star_order'
import type StarOrderEvent from '#stars/models/star_order_event'
import TonTransfer from '#ton/models/ton_transfer'

export interface OrderDetail {
  order: StarOrder
  customer: Customer
  /** Oldest first. */
  events: StarOrderEvent[]
  fulfilments: StarFulfilment[]
  invoice: Invoice | null
  /** What was paid to Fragment for it. */
  payments: TonTransfer[]
}

/** Everything about one order; null when there is none of that reference. */
export class OrderDetailQuery {
  async run(reference: string): Promise<OrderDetail | null> {
    const order = await StarOrder.query()
      .where('reference', reference)
      .preload('events', (events) => events.orderBy('id'))
      .preload('fulfilments', (fulfilments) => fulfilments.orderBy('attempt'))
      .first()
    if (!order) return null
    const purposes = order.fulfilments.map(({ id }) => `star_fulfilment:${id}`)
    return {
      order,
      customer: await CustomerModel.findOrFail(order.customerId),
      events: order.events,
      fulfilments: order.fulfilments,
      invoice: await invoiceOf(order),
      payments: await TonTransfer.query().whereIn('purpose', purposes).orderBy('id'),
    }
  }
}

/** Also one that was opened just before its maker died. */
export const invoiceOf = (order: StarOrder) =>
  Invoice.query().where({ subjectType: 'star_order', subjectId: order.id }).orderBy('id', 'desc').first()
