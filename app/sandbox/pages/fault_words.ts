import type { FaultKind } from '#sandbox/fault_kinds'
import type { FaultRule, NewFault } from '#sandbox/faults'
import type { EvmNode, ServiceName } from '#sandbox/services/names'

export const KIND_WORDS: Readonly<Record<FaultKind, string>> = {
  too_many_requests: 'Too many requests (429)',
  server_error: 'Server error (5xx)',
  slow: 'Slow answers',
  timeout: 'Done, but never answered',
  drop_before: 'Connection dropped before the effect',
  drop_after: 'Connection dropped after the effect',
  forbidden: 'Forbidden (403)',
  bad_request: 'Bad request (400)',
  webhook_wrong_signature: 'Webhook with a wrong signature',
  webhook_wrong_amount: 'Webhook tells half the amount',
  webhook_duplicate: 'Webhook sent twice',
  webhook_reorder: 'Webhook after the next one',
  webhook_delay: 'Webhook late',
  webhook_lost: 'Webhook lost',
  underpaid: 'The next payment arrives short',
  refund_fails: 'Refunds fail',
  session_expired: 'Login expired',
  token_rotated: 'A new cookie is set',
  stale_hash: 'The page names an old hash',
  need_verify: 'Verification asked for',
  price_changed: 'Price up by 10 % before payment',
  never_completes: 'Paid, but the Stars never come',
  late: 'Takes its time',
  message_lost: 'Message accepted and lost',
  bounced: 'Coins come back to the sender',
  lagging: 'Some blocks behind',
  partial_logs: 'Every second log is missing',
  garbage: 'A web page instead of an answer',
  wrong_chain: 'Names another chain',
  range_limit: 'Refuses wide ranges of blocks',
  results_limit: 'Refuses many logs at once',
  transaction_lost: 'Transaction accepted and lost',
}

/** What one presses to see how the product bears it. */
export const PRESETS: Readonly<Record<ServiceName, readonly { label: string; fault: NewFault }[]>> = {
  telegram: [
    { label: '429 for 5 s, once', fault: { kind: 'too_many_requests', retryAfter: 5, count: 1, methods: ['send*'] } },
    { label: 'Slow answers', fault: { kind: 'slow', delayMs: 800, jitterMs: 1200 } },
    { label: 'A tenth fails with 500', fault: { kind: 'server_error', probability: 0.1 } },
  ],
  crypto_pay: paymentPresets('crypto_pay'),
  heleket: [
    ...paymentPresets('heleket'),
    { label: 'Underpaid, once', fault: { service: 'heleket', kind: 'underpaid', count: 1 } },
    { label: 'Refunds fail', fault: { service: 'heleket', kind: 'refund_fails' } },
  ],
  fragment: [
    ...downPresets('fragment'),
    { label: 'Login expired', fault: { service: 'fragment', kind: 'session_expired' } },
    { label: 'Price changes, once', fault: { service: 'fragment', kind: 'price_changed', count: 1 } },
    { label: 'Stars never come, once', fault: { service: 'fragment', kind: 'never_completes', count: 1 } },
    { label: 'Stars 30 s late', fault: { service: 'fragment', kind: 'late', delayMs: 30_000 } },
  ],
  ton: [
    ...downPresets('ton'),
    { label: 'No answer after sending', fault: { service: 'ton', kind: 'timeout', methods: ['sendBoc'], count: 1 } },
    { label: 'Message lost, once', fault: { service: 'ton', kind: 'message_lost', count: 1 } },
    { label: 'Coins come back, once', fault: { service: 'ton', kind: 'bounced', count: 1 } },
    { label: 'Messages 30 s late', fault: { service: 'ton', kind: 'late', delayMs: 30_000 } },
  ],
  evm: nodePresets('evm'),
  evm_backup: nodePresets('evm_backup'),
}

function paymentPresets(service: 'crypto_pay' | 'heleket') {
  return [
    ...downPresets(service),
    { label: 'Wrong signature, once', fault: { service, kind: 'webhook_wrong_signature', count: 1 } },
    { label: 'Webhooks twice', fault: { service, kind: 'webhook_duplicate' } },
    { label: 'Webhooks out of order', fault: { service, kind: 'webhook_reorder', probability: 0.5 } },
    { label: 'Webhooks 20 s late', fault: { service, kind: 'webhook_delay', delayMs: 20_000 } },
    { label: 'Webhooks lost', fault: { service, kind: 'webhook_lost' } },
  ] as const
}

function nodePresets(service: EvmNode) {
  return [
    ...downPresets(service),
    { label: '429', fault: { service, kind: 'too_many_requests' } },
    { label: 'No answer', fault: { service, kind: 'timeout' } },
    { label: 'A web page for every third', fault: { service, kind: 'garbage', probability: 0.3 } },
    { label: '5 blocks behind', fault: { service, kind: 'lagging', limit: 5 } },
    { label: 'At most 10 blocks', fault: { service, kind: 'range_limit', limit: 10 } },
    { label: 'Half of the logs', fault: { service, kind: 'partial_logs' } },
    { label: 'Transaction lost, once', fault: { service, kind: 'transaction_lost', count: 1 } },
    { label: 'Another chain', fault: { service, kind: 'wrong_chain' } },
  ] as const
}

function downPresets(service: ServiceName) {
  return [
    { label: 'Down (503)', fault: { service, kind: 'server_error', status: 503 } },
    { label: 'Slow (3 s)', fault: { service, kind: 'slow', delayMs: 3000 } },
  ] as const
}

/** What a rule adds to its kind, in words. */
export function ruleDetail(rule: FaultRule): string {
  const detail = [
    rule.methods.join(', '),
    rule.probability < 1 && `${Math.round(rule.probability * 100)} %`,
    ['slow', 'late', 'webhook_delay'].includes(rule.kind) && `${rule.delayMs} ms`,
    ['lagging', 'range_limit', 'results_limit'].includes(rule.kind) && `${rule.limit}`,
    rule.kind === 'server_error' && `status ${rule.status}`,
    rule.remaining !== null && (rule.remaining === 0 ? 'used up' : `${rule.remaining} more`),
    `struck ${rule.hits}×`,
  ]
  return detail.filter(Boolean).join(' · ')
}
