import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { transaction } from '#core/database/transaction'
import { redact } from '#core/redaction'
import type ApiKey from '#staff/models/api_key'
import WebhookDelivery from '#staff/models/webhook_delivery'
import { CLAIM_MS, retryDelay } from '#staff/webhooks/retries'
import { webhookBody } from '#staff/webhooks/webhook_body'
import { signatureOf } from '#staff/webhooks/signature'
import { webhookSecretsOf } from '#staff/webhooks/webhook_secret'
import { WebhookClient } from '#staff/webhooks/webhook_client'

interface Outcome {
  responseStatus: number | null
  error: string | null
  duration: number
}

/**
 * Hands one event to the webhook of one key: claims the delivery, asks, and writes down what was answered. Anything but
 * a 2xx is tried again, ever later, under the same id. Dropped when its key was revoked, or lost its webhook, while it was
 * being written down. Tells whether it was delivered; false as well when it is not due, or somebody else has it.
 */
@inject()
export class DeliverWebhook {
  constructor(
    private clock: Clock,
    private keys: KeyWrapper,
    private client: WebhookClient,
    private alerts: Alerts
  ) {}

  async handle(deliveryId: number): Promise<boolean> {
    const delivery = await this.#claim(deliveryId)
    if (!delivery) return false
    const outcome = await this.#attempt(delivery)
    await this.#settle(delivery, outcome)
    return outcome.error === null
  }

  async #claim(deliveryId: number): Promise<WebhookDelivery | null> {
    const now = this.clock.now()
    return transaction(async (trx) => {
      const delivery = await WebhookDelivery.query({ client: trx }).where('id', deliveryId).forUpdate().first()
      if (!delivery || delivery.nextAttemptAt === null || delivery.nextAttemptAt > now) return null
      await delivery.load('apiKey')
      if (delivery.apiKey.isRevoked || delivery.apiKey.webhookUrl === null) {
        await delivery.merge({ status: 'cancelled', nextAttemptAt: null }).save()
        return null
      }
      const attempts = delivery.attempts + 1
      await delivery.merge({ attempts, attemptedAt: now, nextAttemptAt: now + CLAIM_MS }).save()
      await delivery.load('event')
      return delivery
    })
  }

  async #attempt({ apiKey, event }: WebhookDelivery): Promise<Outcome> {
    const startedAt = performance.now()
    const answered = await this.#post(apiKey, event.reference, webhookBody(event))
    return { ...answered, duration: Math.round(performance.now() - startedAt) }
  }

  async #post(apiKey: ApiKey, id: string, body: string) {
    try {
      const now = this.clock.now()
      const timestamp = Math.floor(now / 1000)
      const secrets = webhookSecretsOf(this.keys, apiKey, now)
      const signatures = secrets.map((secret) => signatureOf({ id, timestamp, body }, secret))
      const responseStatus = await this.client.post(
        apiKey.webhookUrl!,
        {
          'content-type': 'application/json',
          'user-agent': 'Kontora-Webhooks/1',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signatures.join(' '),
        },
        body
      )
      const isTaken = responseStatus >= 200 && responseStatus < 300
      return { responseStatus, error: isTaken ? null : `It answered ${responseStatus}` }
    } catch (error) {
      return { responseStatus: null, error: reasonOf(error) }
    }
  }

  /** Whoever claimed it after this one took too long writes the end. */
  async #settle({ id, attempts, apiKey }: WebhookDelivery, { error, ...facts }: Outcome) {
    const now = this.clock.now()
    const delay = retryDelay(attempts)
    const isOver = error !== null && delay === null
    await transaction(async (trx) => {
      const delivery = await WebhookDelivery.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
      if (delivery.attempts !== attempts) return
      delivery.merge({ ...facts, error: error?.slice(0, 300) ?? null })
      if (error === null) delivery.merge({ status: 'delivered', deliveredAt: now, nextAttemptAt: null })
      else if (delivery.status === 'waiting') {
        delivery.merge(isOver ? { status: 'failed', nextAttemptAt: null } : { nextAttemptAt: now + delay! })
      }
      await delivery.save()
      if (isOver) await this.alerts.raiseIn(trx, alertOf(apiKey, error))
    })
  }
}

function reasonOf(error: unknown): string {
  const { code, name, message } = error as Error & { code?: string }
  if (name === 'TimeoutError' || name === 'AbortError') return 'It did not answer in time'
  return redact(message || code || name)
}

const alertOf = ({ id, name, prefix }: ApiKey, error: string) => ({
  kind: 'jobs' as const,
  severity: 'warning' as const,
  fingerprint: `webhook:${id}`,
  title: `The webhook of the API key "${name}" takes no events`,
  details: { key: prefix, error, next: 'Mend the receiver, then replay what failed in the journal of webhooks' },
})
