import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { MarkDelivered } from '#stars/actions/mark_delivered'
import { chosenOrders } from '#admin/orders/chosen_orders'
import { deliveriesList } from '#admin/orders/deliveries_list'
import { deliveryValidator } from '#admin/orders/order_validators'
import { BulkOutcome } from '#admin/shared/bulk_outcome'
import { readSelection } from '#admin/shared/selection'
import { panelText } from '#admin/shared/words'

/** Marks orders delivered that a person has handed over: one, or many after a preview. */
@inject()
export default class DeliveriesController {
  constructor(
    private clock: Clock,
    private markDelivered: MarkDelivered
  ) {}

  async create({ bouncer, request, response, session, view }: HttpContext) {
    await bouncer.authorize('permission', 'stars.deliver')
    const { ids, isCut } = await readSelection(deliveriesList, request.qs(), this.clock.now())
    const orders = await chosenOrders(ids)
    if (orders.length === 0) {
      session.flash('warning', panelText('orders.none_chosen'))
      return response.redirect().toPath('/admin/stars/orders/queue')
    }
    const waiting = orders.filter(({ status }) => status === 'fulfilling')
    return view.render('admin/orders/deliver', { orders: waiting, left: orders.length - waiting.length, isCut })
  }

  async store({ actor, bouncer, request, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'stars.deliver')
    const { note } = await request.validateUsing(deliveryValidator)
    const { ids } = await readSelection(deliveriesList, { ids: request.input('ids') }, this.clock.now())
    const outcome = new BulkOutcome()
    for (const orderId of ids) outcome.add(await this.markDelivered.handle({ orderId, note, actor }))
    session.flash(...outcome.flash((count) => panelText('orders.deliveries.done', { count })))
    return response.redirect().toPath('/admin/stars/orders/queue')
  }
}
