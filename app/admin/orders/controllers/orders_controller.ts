import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import Customer from '#customers/models/customer'
import Invoice from '#payments/models/invoice'
import StarOrder from '#stars/models/star_order'
import { PAY_WITH, PROVIDERS } from '#stars/values'
import { ordersList, STATUS_FILTERS } from '#admin/orders/orders_list'
import { orderActions } from '#admin/orders/page/order_actions'
import { orderEvents } from '#admin/orders/page/order_events'
import { orderSteps } from '#admin/orders/page/order_steps'
import { packageOptions } from '#admin/orders/page/package_options'
import { renderList } from '#admin/shared/render_list'
import { transfersOf } from '#admin/shared/transfers'

@inject()
export default class OrdersController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.view')
    const list = ordersList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/orders/index', this.clock.now(), {
      ...{ statuses: STATUS_FILTERS, providers: PROVIDERS, ways: PAY_WITH },
      packages: await packageOptions(),
    })
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'stars.view')
    const order = await StarOrder.query()
      .where('reference', params.reference)
      .preload('events', (events) => events.orderBy('id', 'desc'))
      .preload('fulfilments', (attempts) => attempts.orderBy('attempt', 'desc'))
      .firstOrFail()
    const transferIds = [order.paymentTransferId, order.refundTransferId]
    return view.render('admin/orders/show', {
      ...{ order, steps: orderSteps(order), timeline: orderEvents(order), actions: orderActions(order) },
      customer: await Customer.findOrFail(order.customerId),
      invoice: order.invoiceId === null ? null : await Invoice.find(order.invoiceId),
      transfers: await transfersOf({ type: 'star_order', ids: [order.id, order.reference] }, transferIds),
    })
  }
}
