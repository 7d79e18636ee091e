import type { Money } from '#core/money/money'
import type Invoice from '#payments/models/invoice'
import type { ProviderInvoice } from '#payments/providers/payment_provider'
import type { BreakKind, ClosedStatus } from '#payments/values'

/** What the provider's word means for an invoice. */
export type Verdict =
  | { kind: 'nothing' }
  /** It stands at the provider and can be paid. */
  | { kind: 'offered' }
  | { kind: 'close'; status: ClosedStatus; failure?: string }
  | Accepted
  | Misfit

export interface Accepted {
  kind: 'credit'
  status: 'paid' | 'overpaid'
  /** What had come before and was too little; it waits in suspense. */
  parked: Money | null
  excess: Money | null
}

export interface Misfit {
  kind: 'misfit'
  break: BreakKind
  /** What does not fit; all that came unless told. */
  amount?: Money
  detail?: Record<string, string | number>
}

const NOTHING: Verdict = { kind: 'nothing' }

/** Compares what the provider says with what we asked for; nothing a webhook claims comes here. */
export function judge(invoice: Invoice, word: ProviderInvoice | null, now: number): Verdict {
  switch (word?.state) {
    case 'paid':
    case 'short':
      return judgePayment(invoice, word)
    case 'expired':
      return invoice.isOpen ? { kind: 'close', status: 'expired' } : NOTHING
    case 'failed':
      return invoice.isOpen ? { kind: 'close', status: 'failed', failure: 'the provider gave it up' } : NOTHING
    case 'refunded':
      return NOTHING
    default:
      return judgeWaiting(invoice, word, now)
  }
}

function judgeWaiting(invoice: Invoice, word: ProviderInvoice | null, now: number): Verdict {
  if (!invoice.isOpen) return NOTHING
  if (now >= invoice.expiresAt) return { kind: 'close', status: 'expired' }
  return word?.url && invoice.status === 'created' ? { kind: 'offered' } : NOTHING
}

function judgePayment(invoice: Invoice, word: ProviderInvoice): Verdict {
  if (isAccounted(invoice)) return judgeAgain(invoice, word)
  if (!word.asked?.equals(invoice.charge) || (word.reference ?? invoice.reference) !== invoice.reference) {
    return { kind: 'misfit', break: 'mismatch', detail: { asked: word.asked?.toString() ?? 'unknown' } }
  }
  if (!word.received) return { kind: 'misfit', break: 'wrong_currency' }
  if (!invoice.isOpen && invoice.status !== 'underpaid') return { kind: 'misfit', break: 'late' }
  return judgeSum(invoice, word.received)
}

function judgeSum(invoice: Invoice, received: Money): Verdict {
  const difference = received.subtract(invoice.charge)
  if (difference.isNegative) return judgeShort(invoice, received)
  const isMore = !difference.isZero
  return {
    kind: 'credit',
    status: isMore ? 'overpaid' : 'paid',
    parked: invoice.status === 'underpaid' ? invoice.received : null,
    excess: isMore ? difference : null,
  }
}

/** Too little; what came before of it waits already. */
function judgeShort(invoice: Invoice, received: Money): Verdict {
  if (invoice.status !== 'underpaid' || !invoice.received) return { kind: 'misfit', break: 'underpaid' }
  const amount = received.subtract(invoice.received)
  return amount.minor > 0n ? { kind: 'misfit', break: 'underpaid', amount } : NOTHING
}

/** Some payment has been written into the books for it, and it is not one that waits for its rest. */
const isAccounted = (invoice: Invoice) =>
  invoice.isHonoured || (invoice.received !== null && invoice.status !== 'underpaid')

function judgeAgain(invoice: Invoice, word: ProviderInvoice): Verdict {
  const isSame = word.id === invoice.providerInvoiceId && word.paymentId === invoice.providerPaymentId
  if (!isSame) return { kind: 'misfit', break: 'duplicate' }
  const known = invoice.received
  if (!known || !word.received || word.received.currency !== known.currency) return NOTHING
  const more = word.received.subtract(known)
  return more.isNegative || more.isZero ? NOTHING : { kind: 'misfit', break: 'overpaid', amount: more }
}
