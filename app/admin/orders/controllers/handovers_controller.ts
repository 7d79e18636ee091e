import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { HandOverToPerson } from '#stars/actions/hand_over_to_person'
import StarOrder from '#stars/models/star_order'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Takes an order from Fragment: a person delivers it. */
@inject()
export default class HandoversController {
  constructor(private handOverToPerson: HandOverToPerson) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.deliver')
    const { id, reference } = await StarOrder.findByOrFail('reference', ctx.params.reference)
    const result = await this.handOverToPerson.handle({ orderId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('orders.handovers.done'))
    return ctx.response.redirect().toPath(`/admin/stars/orders/${reference}`)
  }
}
