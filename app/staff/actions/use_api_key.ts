import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { SecurityEvents } from '#core/contracts/security_events'
import { NetworkList } from '#core/network_list'
import { ok, refuse, type Result } from '#core/result'
import { sameSecret } from '#core/same_secret'
import { hashToken, prefixOf } from '#staff/api_keys/token'
import ApiKey from '#staff/models/api_key'

/** So often it is noted when a key was used. */
const NOTED_EVERY_MS = 60_000

export interface ShownToken {
  token: string
  ip: string
  requestId?: string
}

/**
 * The key that a program shows. What does not open is a security event. Refuses `api_key_unknown`, `api_key_revoked`,
 * `api_key_address {ip}`.
 */
@inject()
export class UseApiKey {
  constructor(
    private clock: Clock,
    private securityEvents: SecurityEvents
  ) {}

  async handle(shown: ShownToken): Promise<Result<ApiKey>> {
    const { token, ip } = shown
    const prefix = prefixOf(token)
    const key = prefix === null ? null : await ApiKey.findBy('prefix', prefix)
    if (!key || !sameSecret(hashToken(token), key.tokenHash)) return this.#refuse(shown, key, 'api_key_unknown')
    if (key.isRevoked) return this.#refuse(shown, key, 'api_key_revoked')
    if (key.allowedIps.length > 0 && !new NetworkList(key.allowedIps).includes(ip))
      return this.#refuse(shown, key, 'api_key_address')
    await this.#note(key, ip)
    return ok(key)
  }

  /** What others made up is not repeated: each would be an event of its own. */
  async #refuse({ ip, requestId }: ShownToken, key: ApiKey | null, code: string) {
    const subject = key?.prefix ?? 'unknown'
    await this.securityEvents.report({ kind: 'api_key.refused', subject, ip, requestId, details: { reason: code } })
    return refuse(code, { ip })
  }

  async #note({ id, lastUsedAt }: ApiKey, ip: string) {
    const now = this.clock.now()
    if (lastUsedAt !== null && now < lastUsedAt + NOTED_EVERY_MS) return
    await ApiKey.query()
      .where('id', id)
      .update({ last_used_at: now, last_used_ip: ip.slice(0, 45) })
  }
}
