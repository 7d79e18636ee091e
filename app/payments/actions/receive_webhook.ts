import { createHash } from 'node:crypto'
import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { ok, refuse } from '#core/result'
import type { ProviderWebhook } from '#payments/providers/payment_provider'
import { PaymentProviders } from '#payments/providers/payment_providers'
import type { ProviderName } from '#payments/values'
import { WebhookStore } from '#payments/webhooks/webhook_store'
import { wrapBody } from '#payments/webhooks/webhook_body'

export interface IncomingWebhook {
  provider: ProviderName
  /** The bytes as they came. */
  body: Buffer
  header: (name: string) => string | undefined
  ip: string | null
}

/**
 * Takes a webhook in: genuine ones are stored with a job that will look into them, and nothing else is done while the
 * provider waits. Refuses `webhook_off` and `webhook_forged`.
 */
@inject()
export class ReceiveWebhook {
  constructor(
    private clock: Clock,
    private keys: KeyWrapper,
    private providers: PaymentProviders,
    private store: WebhookStore
  ) {}

  async handle({ provider, body, header, ip }: IncomingWebhook) {
    const webhook = this.providers.find(provider)?.webhook
    if (!webhook) return refuse('webhook_off')
    if (!webhook.verify(body, header)) return refuse('webhook_forged')
    const eventKey = keyOf(webhook, body)
    const stored = await this.store.store({
      provider,
      eventKey,
      body: wrapBody(this.keys, body),
      ip,
      receivedAt: this.clock.now(),
    })
    return ok(stored)
  }
}

/** A genuine body that names nothing is stored all the same, under its hash. */
function keyOf(webhook: ProviderWebhook, body: Buffer): string {
  try {
    return webhook.parse(body).eventKey.slice(0, 160)
  } catch {
    return createHash('sha256').update(body).digest('hex')
  }
}
