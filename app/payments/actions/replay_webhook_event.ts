import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { enqueue } from '#core/database/enqueue'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import ProcessWebhooks from '#payments/jobs/process_webhooks'
import WebhookEvent from '#payments/models/webhook_event'

/**
 * Has a stored webhook looked into again. Safe at any time: the provider is asked anew, and what has taken effect takes
 * none a second time. Refuses `webhook_not_found`, `webhook_waiting`, and `webhook_erased` when its body is gone.
 */
@inject()
export class ReplayWebhookEvent {
  constructor(private audit: Audit) {}

  handle({ eventId, actor }: { eventId: number; actor: Actor }): Promise<Result<WebhookEvent>> {
    return transaction(async (trx) => {
      const event = await WebhookEvent.query({ client: trx }).where('id', eventId).forUpdate().first()
      if (!event) return refuse('webhook_not_found')
      if (event.processedAt === null) return refuse('webhook_waiting')
      if (event.body === '') return refuse('webhook_erased')
      await event.merge({ processedAt: null, error: null }).save()
      await enqueue(trx, ProcessWebhooks, { eventIds: [eventId] })
      const subject = { subjectType: 'webhook_event', subjectId: eventId }
      await this.audit.record(trx, {
        actor,
        action: 'webhook_event.replayed',
        ...subject,
        after: { provider: event.provider },
      })
      return ok(event)
    })
  }
}
