import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import Customer from '#customers/models/customer'
import { RefundOrder } from '#stars/actions/refund_order'
import StarOrder from '#stars/models/star_order'
import { orderRefundValidator } from '#admin/orders/order_validators'
import { RefundPreview } from '#admin/orders/page/refund_preview'
import { flashResult } from '#admin/shared/flash_result'
import { panelText, refusalText } from '#admin/shared/words'

/** Gives the price of an order back to the customer's balance: what that does to the ledger is shown first. */
@inject()
export default class RefundsController {
  constructor(
    private preview: RefundPreview,
    private refundOrder: RefundOrder
  ) {}

  async create({ bouncer, params, response, session, view }: HttpContext) {
    await bouncer.authorize('permission', 'stars.refund')
    const order = await StarOrder.findByOrFail('reference', params.reference)
    const preview = await this.preview.of(order.id)
    if (!preview.ok) {
      session.flash('warning', refusalText(preview.refusal))
      return response.redirect().toPath(`/admin/stars/orders/${order.reference}`)
    }
    const customer = await Customer.findOrFail(order.customerId)
    return view.render('admin/orders/refund', { order, customer, entries: preview.value })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.refund')
    const { id, reference } = await StarOrder.findByOrFail('reference', ctx.params.reference)
    const { reason } = await ctx.request.validateUsing(orderRefundValidator)
    const result = await this.refundOrder.handle({ orderId: id, note: reason, actor: ctx.actor })
    flashResult(ctx, result, panelText('orders.refunds.done'))
    return ctx.response.redirect().toPath(`/admin/stars/orders/${reference}`)
  }
}
