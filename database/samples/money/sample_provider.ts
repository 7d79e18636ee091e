import type { Money } from '#core/money/money'
import type {
  CreatedInvoice,
  InvoiceOrder,
  PaymentProvider,
  ProviderInvoice,
} from '#payments/providers/payment_provider'
import type { ProviderName } from '#payments/values'

/** Far above the numbers that a local sandbox gives. */
const FIRST_ID = 7_410_000

/** A way of paying whose customers do what the sample story says; it speaks like Crypto Pay. */
export class SampleProvider implements PaymentProvider {
  readonly currencies = ['TON', 'USDT', 'USD'] as const
  readonly isCreateRepeatable = true
  readonly #invoices = new Map<string, ProviderInvoice>()
  #lastId = FIRST_ID

  /** Whatever the story delivers is genuine. */
  readonly webhook = {
    verify: () => true,
    parse: (body: Buffer) => {
      const { invoice_id: id, status } = JSON.parse(body.toString()).payload
      return { eventKey: `invoice_${status}:${id}`, providerInvoiceId: String(id), reference: null }
    },
  }

  constructor(
    readonly name: ProviderName,
    private readonly payPage: string
  ) {}

  async create({ reference, charge }: InvoiceOrder): Promise<CreatedInvoice> {
    const id = String(++this.#lastId)
    const url = `${this.payPage}${reference}`
    const open = { state: 'pending', received: null, paid: null, paymentId: null, paidAt: null } as const
    this.#invoices.set(id, { ...open, id, reference, asked: charge, url, raw: { invoice_id: Number(id) } })
    return { id, url, raw: { invoice_id: Number(id), status: 'active' } }
  }

  async find(reference: string) {
    return [...this.#invoices.values()].filter((invoice) => invoice.reference === reference)
  }

  async fetch(id: string) {
    return this.#invoices.get(id) ?? null
  }

  /** What the provider says from now on, and the body of its webhook. */
  pay(id: string, money: Money, at: number, state: ProviderInvoice['state'] = 'paid'): string {
    const known = this.#invoices.get(id)
    const paid = { asset: money.currency, amount: money.toDecimal() }
    const payload = {
      invoice_id: Number(id),
      status: state === 'short' ? 'underpaid' : 'paid',
      currency_type: 'crypto',
      asset: money.currency,
      amount: (known?.asked ?? money).toDecimal(),
      paid_asset: money.currency,
      paid_amount: paid.amount,
      paid_at: new Date(at).toISOString(),
    }
    const stranger = { id, reference: null, asked: money, url: null, paymentId: null }
    this.#invoices.set(id, { ...(known ?? stranger), state, received: money, paid, paidAt: at, raw: payload })
    return JSON.stringify({
      update_id: Number(id) + 1,
      update_type: 'invoice_paid',
      request_date: new Date(at).toISOString(),
      payload,
    })
  }

  expire(id: string) {
    this.#invoices.set(id, { ...this.#invoices.get(id)!, state: 'expired' })
  }
}
