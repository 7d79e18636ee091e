import { inject } from '@adonisjs/core'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import WebhookEvent from '#payments/models/webhook_event'
import { unwrapBody } from '#payments/webhooks/webhook_body'

/** The body of a stored webhook as it came; empty when it was erased with its customer's personal data. */
@inject()
export class WebhookBodyQuery {
  constructor(private keys: KeyWrapper) {}

  async run(eventId: number): Promise<string> {
    const { body } = await WebhookEvent.findOrFail(eventId)
    return body === '' ? '' : unwrapBody(this.keys, body).toString('utf8')
  }
}
