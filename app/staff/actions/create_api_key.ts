import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, type Result } from '#core/result'
import { auditedKey, problemOf, type ApiKeyInput } from '#staff/api_keys/key_input'
import { hashToken, newToken } from '#staff/api_keys/token'
import ApiKey from '#staff/models/api_key'

export interface CreatedApiKey {
  key: ApiKey
  /** To be shown once: only its hash is kept. */
  token: string
}

/** Makes a key for a program. Refuses `name_required`, `scope_required`, `network_invalid`, `networks_too_many`. */
@inject()
export class CreateApiKey {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle(input: ApiKeyInput, actor: Actor): Promise<Result<CreatedApiKey>> {
    const problem = problemOf(input)
    if (problem) return problem
    const { prefix, token } = newToken()
    const now = this.clock.now()
    return transaction(async (trx) => {
      const key = await ApiKey.create(
        {
          ...input,
          name: input.name.trim(),
          prefix,
          tokenHash: hashToken(token),
          webhookEvents: [],
          createdBy: actor.type === 'admin' ? actor.id : null,
          createdByName: actor.name.slice(0, 100),
          createdAt: now,
          updatedAt: now,
        },
        { client: trx }
      )
      const subject = { subjectType: 'api_key', subjectId: key.id }
      await this.audit.record(trx, {
        actor,
        action: 'api_key.created',
        ...subject,
        after: { prefix, ...auditedKey(key) },
      })
      return ok({ key: await key.refresh(), token })
    })
  }
}
