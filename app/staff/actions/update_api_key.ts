import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import { auditedKey, problemOf, type ApiKeyInput } from '#staff/api_keys/key_input'
import ApiKey from '#staff/models/api_key'

/** Changes what a key may do, at once. Refuses `api_key_not_found`, `api_key_revoked`, or as `CreateApiKey` does. */
@inject()
export class UpdateApiKey {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({
    apiKeyId,
    actor,
    ...input
  }: ApiKeyInput & { apiKeyId: number; actor: Actor }): Promise<Result<ApiKey>> {
    const problem = problemOf(input)
    if (problem) return problem
    return transaction(async (trx) => {
      const key = await ApiKey.query({ client: trx }).where('id', apiKeyId).forUpdate().first()
      if (!key) return refuse('api_key_not_found')
      if (key.isRevoked) return refuse('api_key_revoked')
      const before = auditedKey(key)
      await key.merge({ ...input, name: input.name.trim(), updatedAt: this.clock.now() }).save()
      const subject = { subjectType: 'api_key', subjectId: key.id }
      await this.audit.record(trx, { actor, action: 'api_key.updated', ...subject, before, after: auditedKey(key) })
      return ok(key)
    })
  }
}
