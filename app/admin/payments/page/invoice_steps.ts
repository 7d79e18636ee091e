import type Invoice from '#payments/models/invoice'
import type { InvoiceStatus } from '#payments/values'
import type { Step } from '#admin/shared/steps'
import { formatInstant } from '#admin/shared/format'
import { panelText } from '#admin/shared/words'

const FAILED: readonly InvoiceStatus[] = ['expired', 'failed', 'cancelled']

/** Where an invoice stands: made, waiting, its outcome, and what was given back. */
export function invoiceSteps(invoice: Invoice, timeZone: string): Step[] {
  const { status } = invoice
  const waits: Step = { text: words('pending'), ...waiting(invoice, timeZone) }
  return [
    { text: words('created'), state: 'done', at: invoice.createdAt },
    waits,
    ...(invoice.isOpen ? [{ text: words('paid'), state: 'todo' } as const] : [outcome(invoice)]),
    ...(status === 'refunded' ? [{ text: words('refunded'), state: 'done', at: invoice.updatedAt } as const] : []),
  ]
}

function waiting({ isOpen, status, expiresAt }: Invoice, timeZone: string): Pick<Step, 'state' | 'hint'> {
  if (!isOpen) return { state: 'done' }
  return status === 'created'
    ? { state: 'current', hint: panelText('payments.steps.preparing') }
    : { state: 'current', hint: panelText('payments.steps.until', { when: formatInstant(expiresAt, timeZone) }) }
}

function outcome({ status, paidAt, updatedAt }: Invoice): Step {
  if (FAILED.includes(status)) return { text: words(status), state: 'failed', at: updatedAt }
  if (status === 'underpaid') return { text: words(status), state: 'current', at: paidAt ?? updatedAt }
  return { text: words(status === 'overpaid' ? 'overpaid' : 'paid'), state: 'done', at: paidAt ?? undefined }
}

const words = (status: string) => panelText(`payments.steps.${status}`)
