import { WebhookEventSchema } from '#database/schema'
import type { ProviderName, WebhookEffect } from '#payments/values'

/** A genuine webhook as it came, and what came of it. */
export default class WebhookEvent extends WebhookEventSchema {
  static table = 'webhook_events'

  declare provider: ProviderName
  declare effect: WebhookEffect | null
}
