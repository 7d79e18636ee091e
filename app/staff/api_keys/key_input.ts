import { isNetwork } from '#core/network_list'
import { refuse, type Result } from '#core/result'
import type { ApiScope } from '#staff/api_keys/scopes'

const MOST_NETWORKS = 50

export interface ApiKeyInput {
  name: string
  scopes: ApiScope[]
  /** None: from anywhere. */
  allowedIps: string[]
}

/** What is wrong with it, or null. */
export function problemOf({ name, scopes, allowedIps }: ApiKeyInput): Extract<Result<never>, { ok: false }> | null {
  if (name.trim() === '') return refuse('name_required')
  if (scopes.length === 0) return refuse('scope_required')
  const wrong = allowedIps.find((entry) => !isNetwork(entry))
  if (wrong !== undefined) return refuse('network_invalid', { network: wrong })
  if (allowedIps.length > MOST_NETWORKS) return refuse('networks_too_many', { max: MOST_NETWORKS })
  return null
}

/** As the audit log tells it: `apiKey` would be taken for a secret there. */
export const auditedKey = ({ name, scopes, allowedIps }: ApiKeyInput) => ({ name, scopes, allowedIps })
