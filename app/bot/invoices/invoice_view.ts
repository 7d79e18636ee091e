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

const PAID_LENGTH = 24

/** What a person settles later, the customer hears in a message of its own. */
const GOES_ON: readonly InvoiceStatus[] = ['created', 'pending', 'underpaid']

/** What the message must show differs when this does; `STATE_SQL` says the same of a row. */
export const stateOf = ({ status, receivedAmount, paidAssetAmount }: Invoice) =>
  `${status}:${receivedAmount ?? 0}:${paidAssetAmount?.slice(0, PAID_LENGTH) ?? ''}`
export const STATE_SQL = `invoices.status || ':' || COALESCE(invoices.received_amount, 0) || ':'
  || SUBSTR(COALESCE(invoices.paid_asset_amount, ''), 1, ${PAID_LENGTH})`

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
    received: received ?? partOf(invoice, locale),
    has_received: received || invoice.paidAssetAmount ? 'yes' : 'no',
    way: invoice.provider,
    until: time.format(invoice.expiresAt),
    reference: invoice.reference,
  }
}

/** What has come of an invoice that waits for the rest: in the provider's words, since nothing is booked yet. */
function partOf({ paidAsset, paidAssetAmount }: Invoice, locale: string) {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 9 })
  return paidAssetAmount ? `${format.format(paidAssetAmount as Intl.StringNumericLiteral)}\u00A0${paidAsset}` : ''
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
