import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { INTEGRATION_EVENTS } from '#core/contracts/integration_events'
import WebhookDelivery from '#staff/models/webhook_delivery'
import { DELIVERY_STATUSES } from '#staff/webhooks/values'
import { webhookBody } from '#staff/webhooks/webhook_body'
import { deliveriesList } from '#admin/api/lists/deliveries_list'
import { renderList } from '#admin/shared/render_list'

/** What programs were told, and what they answered. */
@inject()
export default class DeliveriesController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'api.keys')
    const list = deliveriesList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/api/deliveries/index', this.clock.now(), {
      statuses: DELIVERY_STATUSES,
      events: INTEGRATION_EVENTS,
    })
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'api.keys')
    const delivery = await WebhookDelivery.query()
      .where('id', params.id)
      .preload('event')
      .preload('apiKey')
      .firstOrFail()
    const { event, apiKey } = delivery
    const host = apiKey.webhookUrl && new URL(apiKey.webhookUrl).host
    return view.render('admin/api/deliveries/show', { delivery, host, body: webhookBody(event) })
  }
}
