import type { BroadcastDecision } from '#core/contracts/broadcast_content'
import type Broadcast from '#broadcasts/models/broadcast'
import { quietUntil } from '#broadcasts/schedule/quiet_hours'
import type { Recipient } from '#broadcasts/sending/recipients'

/** Looks again, right before it is sent, at whatever may have changed since fan-out; null lets it go. */
export function checkAgain(
  broadcast: Broadcast,
  recipient: Recipient,
  { cap, now }: { cap: number; now: number }
): BroadcastDecision | null {
  if (recipient.banned_at !== null) return { kind: 'cancel', reason: 'banned' }
  if (recipient.anonymised_at !== null) return { kind: 'cancel', reason: 'anonymised' }
  if (recipient.unreachable_at !== null && !isAnotherTry(broadcast)) return { kind: 'cancel', reason: 'unreachable' }
  if (recipient.optedOut.has(broadcast.category)) return { kind: 'cancel', reason: 'opted_out' }
  if (cap > 0 && recipient.today >= cap) return { kind: 'cancel', reason: 'daily_cap' }
  const until = broadcast.quietHours && quietUntil(broadcast.quietHours, recipient.time_zone, now)
  return until ? { kind: 'defer', until, reason: 'quiet_hours' } : null
}

/** An admin asked to try those again who could not be reached. */
const isAnotherTry = ({ run }: Broadcast) => run === 'retry' || run === 'resend'
