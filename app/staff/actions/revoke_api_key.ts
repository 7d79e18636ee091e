import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import ApiKey from '#staff/models/api_key'
import { cancelDeliveries } from '#staff/webhooks/cancel_deliveries'

/** From the next request on it opens nothing, for ever; what its webhook was still owed is dropped. Refuses `api_key_not_found`, `api_key_revoked`. */
@inject()
export class RevokeApiKey {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  handle({ apiKeyId, actor }: { apiKeyId: number; actor: Actor }): Promise<Result<ApiKey>> {
    return transaction(async (trx) => {
      const key = await ApiKey.query({ client: trx }).where('id', apiKeyId).forUpdate().first()
      if (!key) return refuse('api_key_not_found')
      if (key.isRevoked) return refuse('api_key_revoked')
      const now = this.clock.now()
      await key.merge({ revokedAt: now, updatedAt: now }).save()
      const undelivered = await cancelDeliveries(trx, key.id)
      const subject = { subjectType: 'api_key', subjectId: key.id }
      await this.audit.record(trx, { actor, action: 'api_key.revoked', ...subject, after: { undelivered } })
      return ok(key)
    })
  }
}
