import { inject } from '@adonisjs/core'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import Refund from '#payments/models/refund'
import WebhookEvent from '#payments/models/webhook_event'
import { unwrapPayload } from '#payments/payload'
import { transfersOf } from '#admin/shared/transfers'

/** Webhooks of one invoice that its page shows; the journal has the rest. */
const EVENTS = 50

/** An invoice with everything that hangs on it. */
@inject()
export class InvoiceDetail {
  constructor(private keys: KeyWrapper) {}

  async of(reference: string) {
    const invoice = await Invoice.query().where('reference', reference).preload('customer').firstOrFail()
    const breaks = await PaymentBreak.query().where('invoiceId', invoice.id).orderBy('id')
    const refunds = await Refund.query().where('invoiceId', invoice.id).orderBy('id', 'desc')
    return {
      ...{ invoice, customer: invoice.customer, breaks, refunds },
      events: await WebhookEvent.query().where('invoiceId', invoice.id).orderBy('id', 'desc').limit(EVENTS),
      payload: invoice.payload === null ? null : unwrapPayload(this.keys, invoice.payload),
      transfers: await this.#transfers(invoice, breaks, refunds),
    }
  }

  /** Its own, and those that parked and settled what did not fit. */
  async #transfers(invoice: Invoice, breaks: PaymentBreak[], refunds: Refund[]) {
    const named = [invoice, ...breaks, ...refunds].map(({ transferId }) => transferId)
    const own = await transfersOf({ type: 'invoice', ids: [invoice.id, invoice.reference] }, named)
    const parked = await transfersOf({ type: 'payment_break', ids: breaks.map(({ id }) => id) })
    const all = new Map([...own, ...parked].map((transfer) => [transfer.id, transfer]))
    return [...all.values()].sort((one, other) => one.id - other.id)
  }
}
