import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { enqueue } from '#core/database/enqueue'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import DeliverWebhooks from '#staff/jobs/deliver_webhooks'
import ApiKey from '#staff/models/api_key'
import WebhookDelivery from '#staff/models/webhook_delivery'

/**
 * Hands an event over again, under the id it had: a receiver that took it knows it by that. Refuses
 * `delivery_not_found`, `delivery_waiting`, `api_key_revoked`, `webhook_not_set`.
 */
@inject()
export class ReplayDelivery {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle({ deliveryId, actor }: { deliveryId: number; actor: Actor }): Promise<Result<WebhookDelivery>> {
    return transaction(async (trx) => {
      const delivery = await WebhookDelivery.query({ client: trx }).where('id', deliveryId).forUpdate().first()
      if (!delivery) return refuse('delivery_not_found')
      if (delivery.status === 'waiting') return refuse('delivery_waiting')
      const key = await ApiKey.findOrFail(delivery.apiKeyId, { client: trx })
      if (key.isRevoked) return refuse('api_key_revoked')
      if (key.webhookUrl === null) return refuse('webhook_not_set')
      const before = { status: delivery.status }
      await delivery
        .merge({ status: 'waiting', attempts: 0, nextAttemptAt: this.clock.now(), deliveredAt: null, error: null })
        .save()
      await enqueue(trx, DeliverWebhooks, { apiKeyId: key.id })
      const subject = { subjectType: 'webhook_delivery', subjectId: delivery.id }
      await this.audit.record(trx, { actor, action: 'webhook_delivery.replayed', ...subject, before })
      return ok(delivery)
    })
  }
}
