import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { InvoiceSchema } from '#database/schema'
import type { Currency } from '#core/money/currency'
import { Money } from '#core/money/money'
import Customer from '#customers/models/customer'
import { HONOURED_STATUSES, mayBecome, OPEN_STATUSES } from '#payments/invoice_states'
import type { InvoiceStatus, ProviderName } from '#payments/values'

/** What a customer is asked to pay, by one way of paying. */
export default class Invoice extends InvoiceSchema {
  static table = 'invoices'

  declare status: InvoiceStatus
  declare provider: ProviderName
  declare currency: Currency
  declare chargeCurrency: Currency

  @belongsTo(() => Customer)
  declare customer: BelongsTo<typeof Customer>

  /** What is owed. */
  get money() {
    return Money.of(this.amount, this.currency)
  }

  /** What the provider collects for it. */
  get charge() {
    return Money.of(this.chargeAmount, this.chargeCurrency)
  }

  /** What came, in the currency of the charge. */
  get received() {
    return this.receivedAmount === null ? null : Money.of(this.receivedAmount, this.chargeCurrency)
  }

  /** What came for it and is no excess: less than the charge where a person let a short payment pass. */
  get kept() {
    return this.received && this.received.compare(this.charge) < 0 ? this.received : this.charge
  }

  /** More came than was asked for. */
  get hasExcess() {
    return this.received !== null && this.received.compare(this.charge) > 0
  }

  /** Nobody has paid it yet and somebody still may. */
  get isOpen() {
    return OPEN_STATUSES.includes(this.status)
  }

  /** What was bought has been handed over. */
  get isHonoured() {
    return HONOURED_STATUSES.includes(this.status)
  }

  /** @throws when the states know no such way: a mistake of the caller, who holds the row's lock. */
  become(status: InvoiceStatus, now: number) {
    if (!mayBecome(this.status, status)) {
      throw new Error(`Invoice ${this.reference} is ${this.status} and can't become ${status}`)
    }
    this.status = status
    this.updatedAt = now
    return this
  }
}
