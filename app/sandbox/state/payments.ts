import { randomBytes } from 'node:crypto'

export interface Invoice {
  title: string
  description: string
  payload: string
  currency: string
  prices: { label: string; amount: number }[]
  /** an invoice in a message is paid once, one behind a link by anybody and again */
  receiptOf?: string
}

export interface StarPayment {
  chargeId: string
  customerId: number
  amount: number
  payload: string
  /** seconds since the epoch */
  date: number
  /** seconds since the epoch, when it was given back */
  refundedAt?: number
}

interface Snapshot {
  invoices: Map<string, Invoice>
  paid: StarPayment[]
}

interface PendingCheckout {
  id: string
  customerId: number
  invoice: Invoice
  askedAt: number
}

/** Telegram gives the bot this long to answer a pre-checkout query. */
const CHECKOUT_TIMEOUT_MS = 10_000

/** Invoices in Stars: what was offered, what waits for the bot's consent, what was paid. */
export class Payments {
  #invoices = new Map<string, Invoice>()
  #checkouts = new Map<string, PendingCheckout>()
  #paid = new Map<string, StarPayment>()

  offer(key: string, invoice: Invoice): void {
    this.#invoices.set(key, invoice)
  }

  /** Adds an invoice behind a link and answers the link's last part. */
  offerLink(invoice: Invoice): string {
    const slug = randomBytes(12).toString('base64url')
    this.offer(`$${slug}`, invoice)
    return slug
  }

  invoice(key: string): Invoice | undefined {
    return this.#invoices.get(key)
  }

  beginCheckout(customerId: number, invoice: Invoice, now: number): PendingCheckout {
    const id = BigInt(`0x${randomBytes(7).toString('hex')}`).toString()
    const checkout = { id, customerId, invoice, askedAt: now }
    this.#checkouts.set(id, checkout)
    return checkout
  }

  /** The checkout that this answers, or nothing when it is unknown or too old. */
  answerCheckout(id: string, now: number): PendingCheckout | undefined {
    const checkout = this.#checkouts.get(id)
    this.#checkouts.delete(id)
    return checkout && now - checkout.askedAt <= CHECKOUT_TIMEOUT_MS ? checkout : undefined
  }

  record(customerId: number, invoice: Invoice, seconds: number): StarPayment {
    const payment: StarPayment = {
      chargeId: `stx${randomBytes(24).toString('base64url')}`,
      customerId,
      amount: totalOf(invoice),
      payload: invoice.payload,
      date: seconds,
    }
    this.#paid.set(payment.chargeId, payment)
    invoice.receiptOf = payment.chargeId
    return payment
  }

  find(chargeId: string): StarPayment | undefined {
    return this.#paid.get(chargeId)
  }

  /** In the order of payment. */
  all(): StarPayment[] {
    return [...this.#paid.values()]
  }

  /** Stars that the bot holds: what it was paid without what it gave back. */
  balance(): number {
    return this.all().reduce((sum, { amount, refundedAt }) => sum + (refundedAt === undefined ? amount : 0), 0)
  }

  snapshot(): Snapshot {
    return { invoices: this.#invoices, paid: this.all() }
  }

  restore({ invoices, paid }: Snapshot): void {
    this.#invoices = invoices
    this.#paid = new Map(paid.map((payment) => [payment.chargeId, payment]))
  }

  clear(): void {
    this.#invoices.clear()
    this.#checkouts.clear()
    this.#paid.clear()
  }
}

/** Stars. */
export function totalOf({ prices }: Invoice): number {
  return prices.reduce((sum, { amount }) => sum + amount, 0)
}
