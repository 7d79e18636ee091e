import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import ApiKey from '#staff/models/api_key'
import { newWebhookSecret } from '#staff/webhooks/signature'
import { wrapWebhookSecret } from '#staff/webhooks/webhook_secret'

const OVERLAP_MS = 24 * 3_600_000

/**
 * Signs with a new secret from now on, which is shown once, and for a day with the one before as well. Refuses
 * `api_key_not_found`, `api_key_revoked`, `webhook_not_set`.
 */
@inject()
export class ReplaceWebhookSecret {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private keys: KeyWrapper
  ) {}

  handle({ apiKeyId, actor }: { apiKeyId: number; actor: Actor }): Promise<Result<{ key: ApiKey; secret: string }>> {
    return transaction(async (trx) => {
      const key = await ApiKey.query({ client: trx }).where('id', apiKeyId).forUpdate().first()
      if (!key) return refuse('api_key_not_found')
      if (key.isRevoked) return refuse('api_key_revoked')
      if (key.webhookSecret === null) return refuse('webhook_not_set')
      const now = this.clock.now()
      const secret = newWebhookSecret()
      await key
        .merge({
          webhookSecret: wrapWebhookSecret(this.keys, key.id, secret),
          previousWebhookSecret: key.webhookSecret,
          previousSecretUntil: now + OVERLAP_MS,
          updatedAt: now,
        })
        .save()
      const subject = { subjectType: 'api_key', subjectId: key.id }
      await this.audit.record(trx, { actor, action: 'api_key.webhook_signature_replaced', ...subject })
      return ok({ key, secret })
    })
  }
}
