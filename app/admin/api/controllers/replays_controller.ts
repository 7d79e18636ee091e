import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ReplayDelivery } from '#staff/actions/replay_delivery'
import WebhookDelivery from '#staff/models/webhook_delivery'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

@inject()
export default class ReplaysController {
  constructor(private replay: ReplayDelivery) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'api.keys')
    const { id } = await WebhookDelivery.findOrFail(ctx.params.id)
    const result = await this.replay.handle({ deliveryId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('api.deliveries.replayed'))
    return ctx.response.redirect().toPath(`/admin/api/deliveries/${id}`)
  }
}
