import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import Customer from '#customers/models/customer'
import { RefundOrder } from '#stars/actions/refund_order'
import StarOrder from '#stars/models/star_order'
import { OWED } from '#stars/orders/transitions'
import { orderRefundValidator } from '#admin/orders/order_validators'
import { refundPostings } from '#admin/orders/page/refund_postings'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Gives the price of an order back to the customer's balance: what that does to the ledger is shown first. */
@inject()
export default class RefundsController {
  constructor(private refundOrder: RefundOrder) {}

  async create({ bouncer, params, response, view }: HttpContext) {
    await bouncer.authorize('permission', 'stars.refund')
    const order = await StarOrder.findByOrFail('reference', params.reference)
    if (!OWED.includes(order.status)) return response.redirect().toPath(`/admin/orders/${order.reference}`)
    const customer = await Customer.findOrFail(order.customerId)
    return view.render('admin/orders/refund', { order, customer, postings: refundPostings(order, customer) })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.refund')
    const { id, reference } = await StarOrder.findByOrFail('reference', ctx.params.reference)
    const { reason } = await ctx.request.validateUsing(orderRefundValidator)
    const result = await this.refundOrder.handle({ orderId: id, note: reason, actor: ctx.actor })
    flashResult(ctx, result, panelText('orders.refunds.done'))
    return ctx.response.redirect().toPath(`/admin/orders/${reference}`)
  }
}
