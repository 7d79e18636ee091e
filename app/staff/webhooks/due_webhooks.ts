import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { DeliverWebhook } from '#staff/actions/deliver_webhook'
import WebhookDelivery from '#staff/models/webhook_delivery'

const BATCH = 100

/** What webhooks are owed now. */
@inject()
export class DueWebhooks {
  constructor(
    private clock: Clock,
    private deliver: DeliverWebhook
  ) {}

  /** Keys whose webhooks are owed something. */
  async apiKeyIds(): Promise<number[]> {
    const rows = await this.#due().distinct('api_key_id').orderBy('api_key_id')
    return rows.map(({ apiKeyId }) => apiKeyId)
  }

  /** In the order of the events; a receiver that fails is left alone until its next attempt is due. */
  async deliverTo(apiKeyId: number, signal?: AbortSignal) {
    const owed = await this.#due().where('api_key_id', apiKeyId).orderBy('id').limit(BATCH).select('id')
    for (const { id } of owed) {
      if (signal?.aborted || !(await this.deliver.handle(id))) return
    }
  }

  #due() {
    return WebhookDelivery.query().where('next_attempt_at', '<=', this.clock.now())
  }
}
