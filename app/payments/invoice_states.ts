import type { InvoiceStatus } from '#payments/values'

/**
 * Legal ways. What is closed unpaid (or short of the sum) leaves that state only by a person who settles the break
 * that a late or short payment made.
 */
const WAYS: Record<InvoiceStatus, readonly InvoiceStatus[]> = {
  created: ['pending', 'paid', 'underpaid', 'overpaid', 'expired', 'failed', 'cancelled'],
  pending: ['paid', 'underpaid', 'overpaid', 'expired', 'failed', 'cancelled'],
  underpaid: ['paid', 'overpaid', 'refunded', 'failed'],
  overpaid: ['paid', 'refunded'],
  expired: ['paid', 'refunded'],
  failed: ['paid', 'refunded'],
  cancelled: ['paid', 'refunded'],
  paid: ['refunded'],
  refunded: [],
}

export const mayBecome = (from: InvoiceStatus, to: InvoiceStatus) => WAYS[from].includes(to)

/** Nobody has paid it yet and somebody still may. */
export const OPEN_STATUSES: readonly InvoiceStatus[] = ['created', 'pending']

/** What was bought has been handed over for the money. */
export const HONOURED_STATUSES: readonly InvoiceStatus[] = ['paid', 'overpaid']
