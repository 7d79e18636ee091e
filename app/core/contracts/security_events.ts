export const SECURITY_EVENT_KINDS = [
  'login.failed',
  'login.locked',
  'two_factor.failed',
  'two_factor.locked',
  'setup.refused',
  'address.refused',
  'link_code.refused',
  'webhook.forged',
  'api_key.refused',
] as const
export type SecurityEventKind = (typeof SECURITY_EVENT_KINDS)[number]

export interface SecurityEventInput {
  kind: SecurityEventKind
  /** What was tried or attacked: an e-mail address, a provider's name, the prefix of a key. Never a secret. */
  subject?: string
  adminId?: number | null
  ip?: string | null
  requestId?: string | null
  /** A few facts for the reader. Never a secret. */
  details?: Record<string, string | number | boolean>
}

/**
 * Events that an admin should know of. The same kind, subject and address within one minute is one row with a
 * count, so that a flood fills no disk. Never throws: what reports must go on. Not for use inside a transaction,
 * which may be rolled back.
 */
export abstract class SecurityEvents {
  abstract report(event: SecurityEventInput): Promise<void>
}
