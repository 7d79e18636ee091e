import type { StepOutcome } from '#stars/fulfilment/delivery_provider'
import { VerificationNeeded } from '#stars/fulfilment/fragment/fragment_api'
import {
  FragmentRefusal,
  FragmentSessionExpired,
  FragmentUnavailable,
  meansNoRecipient,
  meansNotForSale,
} from '#stars/fulfilment/fragment/fragment_errors'
import { NoSession } from '#stars/fulfilment/fragment/fragment_gateway'
import { CircuitOpen } from '#system/circuits/circuit'
import { TonUnavailable } from '#ton/ton_api'

const MINUTE = 60_000
const LONGEST_MS = 5 * MINUTE
const PERSON_AFTER = 10

/** Before a step that failed is tried again: 2 s, doubled each time, 5 minutes at most. */
export const backoffMs = (failures: number) => Math.min(2000 * 2 ** Math.min(failures, 20), LONGEST_MS)

/**
 * What the failure of a step means for the delivery. Nothing that throws has paid: the payment's own outcome is read
 * from the chain and never from an error.
 */
export function outcomeOfError(error: unknown, failures: number): StepOutcome {
  const words = error instanceof Error ? error.message : String(error)
  if (meansNoRecipient(error)) return { kind: 'failed', reason: 'recipient_not_found', error: words }
  if (meansNotForSale(error)) return { kind: 'failed', reason: 'refused_by_provider', error: words }
  if (error instanceof FragmentSessionExpired) return person('session_expired', words)
  if (error instanceof VerificationNeeded) return person('verification_needed', words)
  if (error instanceof NoSession) return person('not_configured', words)
  if (failures + 1 >= PERSON_AFTER) return person('keeps_failing', words)
  if (error instanceof CircuitOpen) return { kind: 'wait', forMs: MINUTE, error: words }
  if (error instanceof FragmentUnavailable && error.retryAfterMs) return { kind: 'wait', forMs: error.retryAfterMs }
  if (isExpected(error)) return { kind: 'wait', forMs: backoffMs(failures), error: words }
  throw error
}

const isExpected = (error: unknown) =>
  error instanceof FragmentUnavailable || error instanceof FragmentRefusal || error instanceof TonUnavailable

const person = (
  attention: 'session_expired' | 'verification_needed' | 'not_configured' | 'keeps_failing',
  error: string
): StepOutcome => ({
  kind: 'person',
  attention,
  forMs: 10 * MINUTE,
  error,
})
