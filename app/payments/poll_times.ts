import type Invoice from '#payments/models/invoice'

const FIRST_MS = 15_000
const LONGEST_MS = 5 * 60_000

/** How long after its end an invoice is still asked for: a payment may have been on its way. */
export const GRACE_MS = 60 * 60_000

/** 15 s, 30 s, 1 min ... 5 min. */
export const pollDelay = (polls: number) => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(polls, 10))

/** When the provider is to be asked again; null when there is nothing left to learn. */
export function nextPollAt(invoice: Invoice, now: number): number | null {
  const mayStillBePaid = invoice.isOpen || ['underpaid', 'expired', 'cancelled'].includes(invoice.status)
  if (!mayStillBePaid || invoice.provider === 'balance') return null
  if (now >= invoice.expiresAt + GRACE_MS) return null
  const next = now + pollDelay(invoice.polls)
  return invoice.isOpen && now < invoice.expiresAt ? Math.min(next, invoice.expiresAt) : next
}
