import { ControlError } from '#sandbox/errors'
import { SERVICE_TITLES, SERVICES, type ServiceName } from '#sandbox/services/names'

/** What a request can meet. `timeout`: it is done, and no answer ever comes. */
export const CALL_KINDS = ['too_many_requests', 'server_error', 'slow', 'timeout', 'drop_before', 'drop_after'] as const

/** What a payment provider's webhook can meet. `webhook_wrong_amount` is signed as it should be and tells half the money. */
export const WEBHOOK_KINDS = [
  'webhook_wrong_signature',
  'webhook_wrong_amount',
  'webhook_duplicate',
  'webhook_reorder',
  'webhook_delay',
  'webhook_lost',
] as const

/**
 * What a node of a chain can do. `lagging`: it is `limit` blocks behind; `partial_logs`: every second log is missing;
 * `garbage`: a web page with status 200; `wrong_chain`: it names another chain; `range_limit`, `results_limit`: more
 * than `limit` blocks or logs are refused; `transaction_lost`: accepted and forgotten.
 */
const NODE_KINDS = [
  ...CALL_KINDS,
  'lagging',
  'partial_logs',
  'garbage',
  'wrong_chain',
  'range_limit',
  'results_limit',
  'transaction_lost',
] as const

export type WebhookFaultKind = (typeof WEBHOOK_KINDS)[number]

export const KINDS_OF = {
  telegram: [...CALL_KINDS, 'forbidden', 'bad_request'],
  crypto_pay: [...CALL_KINDS, ...WEBHOOK_KINDS],
  /** underpaid: the next payment arrives short; refund_fails: the next refund ends so */
  heleket: [...CALL_KINDS, ...WEBHOOK_KINDS, 'underpaid', 'refund_fails'],
  /** token_rotated: an answer sets a new cookie and only that counts; never_completes, late: once a purchase is paid */
  fragment: [
    ...CALL_KINDS,
    'session_expired',
    'token_rotated',
    'stale_hash',
    'need_verify',
    'price_changed',
    'never_completes',
    'late',
  ],
  /** message_lost: accepted and never executed; late: executed after a while; bounced: the coins come back */
  ton: [...CALL_KINDS, 'message_lost', 'late', 'bounced'],
  evm: NODE_KINDS,
  evm_backup: NODE_KINDS,
} as const satisfies Record<ServiceName, readonly string[]>

export type FaultKind = (typeof KINDS_OF)[ServiceName][number]

/** Refuses what this service can't do. */
export function checkFault(service: ServiceName, kind: string): void {
  if (!SERVICES.includes(service)) {
    throw new ControlError(422, `Unknown service "${service}": it is one of ${SERVICES.join(', ')}.`)
  }
  const kinds: readonly string[] = KINDS_OF[service]
  if (!kinds.includes(kind)) {
    throw new ControlError(
      422,
      `Unknown fault "${kind}": for ${SERVICE_TITLES[service]} it is one of ${kinds.join(', ')}.`
    )
  }
}
