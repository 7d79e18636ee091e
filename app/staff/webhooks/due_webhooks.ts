import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { DeliverWebhook } from '#staff/actions/deliver_webhook'
import WebhookDelivery from '#staff/models/webhook_delivery'

const AT_ONCE = 100

/** What webhooks are owed now. */
@inject()
export class DueWebhooks {
  constructor(
    private clock: Clock,
    private deliver: DeliverWebhook
  ) {}

  /** Keys whose webhooks are owed something. */
  async apiKeyIds(): Promise<number[]> {
    const due = WebhookDelivery.query().where('next_attempt_at', '<=', this.clock.now())
    const rows = await due.distinct('api_key_id').orderBy('api_key_id')
    return rows.map(({ apiKeyId }) => apiKeyId)
  }

  /**
   * In the order of the events: what was not taken, or is being told, keeps back what is later, until it is delivered or
   * given up. So a receiver that fails is asked once, and left alone until that is due again.
   */
  async deliverTo(apiKeyId: number, signal?: AbortSignal) {
    for (let told = 0; told < AT_ONCE && !signal?.aborted; told++) {
      const owed = await this.#oldestOwedTo(apiKeyId)
      if (!owed || !(await this.deliver.handle(owed.id))) return
    }
  }

  #oldestOwedTo(apiKeyId: number) {
    return WebhookDelivery.query().where('api_key_id', apiKeyId).whereNotNull('next_attempt_at').orderBy('id').first()
  }
}
