import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import type { IntegrationEventName } from '#core/contracts/integration_events'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import ApiKey from '#staff/models/api_key'
import { cancelDeliveries } from '#staff/webhooks/cancel_deliveries'
import { newWebhookSecret } from '#staff/webhooks/signature'
import { auditedWebhook, wrapWebhookSecret } from '#staff/webhooks/webhook_secret'
import { WebhookClient } from '#staff/webhooks/webhook_client'

export interface WebhookInput {
  apiKeyId: number
  /** Null: it is told nothing any more. */
  url: string | null
  events: IntegrationEventName[]
  actor: Actor
}

export interface ChangedWebhook {
  key: ApiKey
  /** To be shown once, when it is new. */
  secret: string | null
}

/**
 * Says where a program is told of what. The first address gets a secret to check signatures with. Refuses
 * `api_key_not_found`, `api_key_revoked`, `webhook_event_required`, and what is wrong with the address (`WebhookClient`).
 */
@inject()
export class ChangeWebhook {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private keys: KeyWrapper,
    private client: WebhookClient
  ) {}

  async handle({ apiKeyId, url, events, actor }: WebhookInput): Promise<Result<ChangedWebhook>> {
    const problem = url === null ? null : this.client.problemOf(url)
    if (problem) return refuse(problem)
    if (url !== null && events.length === 0) return refuse('webhook_event_required')
    return transaction(async (trx) => {
      const key = await ApiKey.query({ client: trx }).where('id', apiKeyId).forUpdate().first()
      if (!key) return refuse('api_key_not_found')
      if (key.isRevoked) return refuse('api_key_revoked')
      const before = auditedWebhook(key)
      const secret = url !== null && key.webhookSecret === null ? newWebhookSecret() : null
      if (secret) key.webhookSecret = wrapWebhookSecret(this.keys, key.id, secret)
      await key.merge({ webhookUrl: url, webhookEvents: events, updatedAt: this.clock.now() }).save()
      if (url === null) await cancelDeliveries(trx, key.id)
      const subject = { subjectType: 'api_key', subjectId: key.id }
      const after = auditedWebhook(key)
      await this.audit.record(trx, { actor, action: 'api_key.webhook_changed', ...subject, before, after })
      return ok({ key, secret })
    })
  }
}
