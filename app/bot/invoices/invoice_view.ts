import type { MessageParams, SymbolicButton } from '#core/contracts/outbox'
import type Invoice from '#payments/models/invoice'
import type { InvoiceStatus } from '#payments/values'

/** For whom something is worded. */
export interface Reader {
  locale: string
  /** IANA name. */
  timeZone: string
}

/** What an invoice's message says: as the outbox stores it, so that the screen and later edits say the same. */
export interface InvoiceView {
  state: string
  /** Nothing follows: the message is left alone from now on. */
  isFinal: boolean
  /** Key below `notifications.` in `resources/lang`. */
  template: string
  params: MessageParams
  buttons: SymbolicButton[][]
}

/** What a person settles later, the customer hears in a message of its own. */
const GOES_ON: readonly InvoiceStatus[] = ['created', 'pending', 'underpaid']

/** What the message must show differs when this does; `STATE_SQL` says the same of a row. A part may be paid first. */
export const stateOf = ({ status, receivedAmount }: Invoice) => `${status}:${receivedAmount ?? 0}`
export const STATE_SQL = `invoices.status || ':' || COALESCE(invoices.received_amount, 0)`

export function invoiceView(invoice: Invoice, reader: Reader): InvoiceView {
  return {
    state: stateOf(invoice),
    isFinal: !GOES_ON.includes(invoice.status),
    template: `live.invoice_${invoice.status}`,
    params: invoiceParams(invoice, reader),
    buttons: [...buttonsOf(invoice), [{ action: 'menu' }]],
  }
}

/** What the wordings of an invoice may name, in whatever state. */
export function invoiceParams(invoice: Invoice, { locale, timeZone }: Reader): MessageParams {
  const { money, charge, received } = invoice
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
  return {
    amount: money,
    charge,
    other_charge: charge.equals(money) ? 'no' : 'yes',
    received: received ?? charge.subtract(charge),
    has_received: received && !received.isZero ? 'yes' : 'no',
    way: invoice.provider,
    until: time.format(invoice.expiresAt),
    reference: invoice.reference,
  }
}

/** To pay it and to ask about it, while it can be paid. */
export function payButtons({ id, payUrl }: Invoice): SymbolicButton[][] {
  const check: SymbolicButton = { action: 'check_invoice', id }
  return payUrl ? [[{ url: payUrl, label: 'pay' }], [check]] : [[check]]
}

function buttonsOf(invoice: Invoice): SymbolicButton[][] {
  if (invoice.isOpen) return [...payButtons(invoice), [{ action: 'cancel_invoice', id: invoice.id }]]
  if (invoice.isHonoured) return [[{ action: 'balance' }], [{ action: 'buy_stars' }]]
  if (invoice.status === 'underpaid') return [[{ action: 'check_invoice', id: invoice.id }]]
  return [[{ action: 'top_up' }]]
}
