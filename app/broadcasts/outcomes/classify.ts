import type { Outcome } from '#broadcasts/values'

const BLOCKED =
  /^403\b|Forbidden|blocked by the user|chat not found|user is deactivated|user not found|PEER_ID_INVALID/i

/** How a row stands, for the counters and for people. `blocked` is a failure that lies with the customer. */
export function outcomeOf(status: string, error: string | null): Outcome {
  switch (status) {
    case 'SENT':
      return 'sent'
    case 'UNKNOWN':
      return 'unknown'
    case 'CANCELLED':
      return 'cancelled'
    case 'PERMANENT_FAILURE':
      return error && BLOCKED.test(error) ? 'blocked' : 'failed'
    default:
      return 'open'
  }
}
