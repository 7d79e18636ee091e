import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { ReplayWebhookEvent } from '#payments/actions/replay_webhook_event'
import WebhookEvent from '#payments/models/webhook_event'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

/** Runs a webhook again: what has taken effect already does not do so twice. */
@inject()
export default class ReplaysController {
  constructor(private replayWebhookEvent: ReplayWebhookEvent) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'payments.manage')
    const { id } = await WebhookEvent.findOrFail(ctx.params.id)
    const result = await this.replayWebhookEvent.handle({ eventId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('payments.replays.done'))
    return ctx.response.redirect().toPath(`/admin/payments/webhooks/${id}`)
  }
}
