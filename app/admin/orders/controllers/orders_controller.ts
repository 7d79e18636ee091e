import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import StarOrder from '#stars/models/star_order'
import { OrderDetailQuery } from '#stars/queries/order_detail_query'
import { PAY_WITH, PROVIDERS } from '#stars/values'
import { ordersList, STATUS_FILTERS } from '#admin/orders/orders_list'
import { orderActions } from '#admin/orders/page/order_actions'
import { orderEvents } from '#admin/orders/page/order_events'
import { orderSteps } from '#admin/orders/page/order_steps'
import { packageOptions } from '#admin/orders/page/package_options'
import { countDeliveries } from '#admin/shared/navigation_counts'
import { renderList } from '#admin/shared/render_list'
import { transfersOf } from '#admin/shared/transfers'

@inject()
export default class OrdersController {
  constructor(
    private clock: Clock,
    private detail: OrderDetailQuery
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.view')
    const list = ordersList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/orders/index', this.clock.now(), {
      ...{ statuses: STATUS_FILTERS, providers: PROVIDERS, ways: PAY_WITH },
      packages: await packageOptions(),
      toDeliver: await countDeliveries(),
    })
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'stars.view')
    const { reference } = await StarOrder.findByOrFail('reference', params.reference)
    const detail = (await this.detail.run(reference))!
    const { order } = detail
    const transferIds = [order.paymentTransferId, order.refundTransferId]
    return view.render('admin/orders/show', {
      ...detail,
      ...{ steps: orderSteps(order), timeline: orderEvents(detail.events), actions: orderActions(order) },
      transfers: await transfersOf({ type: 'star_order', ids: [order.id, order.reference] }, transferIds),
    })
  }
}
