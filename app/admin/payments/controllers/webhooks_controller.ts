import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import Invoice from '#payments/models/invoice'
import WebhookEvent from '#payments/models/webhook_event'
import { WebhookBodyQuery } from '#payments/queries/webhook_body_query'
import { PROVIDER_NAMES } from '#payments/values'
import { EFFECT_FILTERS, webhooksList } from '#admin/payments/lists/webhooks_list'
import { renderList } from '#admin/shared/render_list'

/** What providers told us, byte for byte, and what came of it. */
@inject()
export default class WebhooksController {
  constructor(
    private clock: Clock,
    private body: WebhookBodyQuery
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.view')
    const list = webhooksList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/payments/webhooks/index', this.clock.now(), {
      providers: PROVIDER_NAMES,
      effects: EFFECT_FILTERS,
    })
  }

  async show({ bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'payments.view')
    const event = await WebhookEvent.findOrFail(params.id)
    const invoice = event.invoiceId === null ? null : await Invoice.find(event.invoiceId)
    const body = await this.body.run(event.id)
    return view.render('admin/payments/webhooks/show', { event, invoice, body })
  }
}
