import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { RetryFulfilment } from '#stars/actions/retry_fulfilment'
import StarOrder from '#stars/models/star_order'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Lets a delivery that waits for a person go on where it stopped. */
@inject()
export default class RetriesController {
  constructor(private retryFulfilment: RetryFulfilment) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.deliver')
    const { id, reference } = await StarOrder.findByOrFail('reference', ctx.params.reference)
    const result = await this.retryFulfilment.handle({ orderId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('orders.retries.done'))
    return ctx.response.redirect().toPath(`/admin/stars/orders/${reference}`)
  }
}
