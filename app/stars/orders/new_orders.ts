import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import type { Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import { ok, refuse } from '#core/result'
import Customer from '#customers/models/customer'
import StarOrder from '#stars/models/star_order'
import { OrderBook } from '#stars/orders/order_book'
import { checkRecipient, orderColumns, sameOrder, type PurchaseInput } from '#stars/orders/purchase'
import type { Recipient } from '#stars/orders/recipient'
import { Pricing } from '#stars/pricing/pricing'
import { refusePriceChanged, type StarsQuote } from '#stars/pricing/quote'
import type { TonRate } from '#stars/pricing/star_rates'
import type { PayWith } from '#stars/values'

/** A purchase that may go ahead: who, for whom, at what price. */
export interface Admitted {
  customer: Customer
  recipient: Recipient
  quote: StarsQuote
  reference: string
  actor: Actor
}

/** The rules that every purchase passes, and the row it makes. */
@inject()
export class NewOrders {
  constructor(
    private clock: Clock,
    private pricing: Pricing,
    private book: OrderBook
  ) {}

  /**
   * Locks the customer, so that two presses come one after the other, and answers the earlier order of the same key
   * as `earlier`. Refuses with `customer_not_found`, `customer_banned`, `invalid_username`, `username_of_bot`,
   * `idempotency_conflict`, `price_changed` (with the new quote) or as the quote does.
   */
  async admit(trx: Trx, input: PurchaseInput, payWith: PayWith, rate: TonRate) {
    const customer = await Customer.query({ client: trx }).where('id', input.customerId).forUpdate().first()
    if (!customer) return refuse('customer_not_found')
    const made = await StarOrder.query({ client: trx }).where('key', input.key).first()
    if (made) {
      const same = sameOrder(made, input)
      return same.ok ? ok({ earlier: same.value, admitted: null }) : same
    }

    if (customer.isBanned) return refuse('customer_banned')
    const recipient = checkRecipient(input.recipient)
    if (!recipient.ok) return recipient
    const quoted = await this.pricing.quote({ choice: input.choice, payWith }, rate, trx)
    if (!quoted.ok) return quoted
    if (quoted.value.version !== input.quoteVersion) return refusePriceChanged(quoted.value)

    const actor: Actor = { type: 'customer', id: customer.id, name: customer.displayName }
    const admitted: Admitted = {
      customer,
      recipient: recipient.value,
      quote: quoted.value,
      reference: newReference(),
      actor,
    }
    return ok({ earlier: null, admitted })
  }

  async create(trx: Trx, input: PurchaseInput, { customer, recipient, quote, reference, actor }: Admitted) {
    const now = this.clock.now()
    const order = await StarOrder.create(
      {
        ...orderColumns(input, recipient, customer.username, quote),
        reference,
        status: 'created',
        createdAt: now,
        updatedAt: now,
      },
      { client: trx }
    )
    await order.refresh()
    await this.book.write(trx, order, { event: 'created', actor })
    return order
  }
}
