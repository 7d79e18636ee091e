import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CancelOrder } from '#stars/actions/cancel_order'
import StarOrder from '#stars/models/star_order'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Gives up an order that nobody has paid. */
@inject()
export default class CancellationsController {
  constructor(private cancelOrder: CancelOrder) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.deliver')
    const { id, reference } = await StarOrder.findByOrFail('reference', ctx.params.reference)
    const result = await this.cancelOrder.handle({ orderId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('orders.cancellations.done'))
    return ctx.response.redirect().toPath(`/admin/stars/orders/${reference}`)
  }
}
