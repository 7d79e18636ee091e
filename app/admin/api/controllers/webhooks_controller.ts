import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { INTEGRATION_EVENTS } from '#core/contracts/integration_events'
import { ChangeWebhook } from '#staff/actions/change_webhook'
import { ReplaceWebhookSecret } from '#staff/actions/replace_webhook_secret'
import ApiKey from '#staff/models/api_key'
import { checkedOf, webhookValidator } from '#admin/api/validators/api_validators'
import { flashFieldRefusal, flashResult } from '#admin/shared/flash_result'
import { flashSecret } from '#admin/shared/one_time_flash'
import { panelText, refusalText } from '#admin/shared/words'

/** Where a program is told of what, and what that is signed with. */
@inject()
export default class WebhooksController {
  constructor(
    private change: ChangeWebhook,
    private replaceSecret: ReplaceWebhookSecret
  ) {}

  async update(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'api.keys')
    const { id } = await ApiKey.findOrFail(ctx.params.id)
    const input = await ctx.request.validateUsing(webhookValidator)
    const events = checkedOf('event', INTEGRATION_EVENTS, input)
    const result = await this.change.handle({ apiKeyId: id, url: input.webhook_url ?? null, events, actor: ctx.actor })
    if (result.ok) {
      ctx.session.flash('success', panelText('api.webhook.saved'))
      if (result.value.secret) flashSecret(ctx, 'webhook_secret', result.value.secret)
    } else {
      const field = result.refusal.code === 'webhook_event_required' ? 'events' : 'webhook_url'
      flashFieldRefusal(ctx, field, refusalText(result.refusal))
    }
    return ctx.response.redirect().toPath(`/admin/api/keys/${id}`)
  }

  async renew(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'api.keys')
    const { id } = await ApiKey.findOrFail(ctx.params.id)
    const result = await this.replaceSecret.handle({ apiKeyId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('api.webhook.secret_replaced'))
    if (result.ok) flashSecret(ctx, 'webhook_secret', result.value.secret)
    return ctx.response.redirect().toPath(`/admin/api/keys/${id}`)
  }
}
