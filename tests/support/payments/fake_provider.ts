import { randomUUID } from 'node:crypto'
import { type Money } from '#core/money/money'
import type {
  CreatedInvoice,
  InvoiceOrder,
  PaymentProvider,
  ProviderInvoice,
  RefundOrder,
  RefundOutcome,
} from '#payments/providers/payment_provider'
import type { ProviderName } from '#payments/values'

/** A provider in memory: what it was asked is kept, what it says and how it fails is up to the test. */
export class FakeProvider implements PaymentProvider {
  readonly currencies = ['TON', 'USDT', 'USD'] as const
  readonly invoices = new Map<string, ProviderInvoice>()
  readonly calls: string[] = []
  readonly cancelled: string[] = []
  readonly sentRefunds: RefundOrder[] = []
  isCreateRepeatable = false
  /** Thrown by the next calls of a method, in order. */
  readonly failures = new Map<string, Error[]>()
  /** Thrown after the next `create` has made its invoice: the answer got lost. */
  lostAnswer: Error | null = null
  refundOutcome: RefundOutcome = { status: 'sent', id: 'r1' }
  refunds: PaymentProvider['refunds'] = {
    isRepeatable: true,
    needsAddress: false,
    canSendPart: true,
    send: async (order) => {
      this.#called('refund')
      this.sentRefunds.push(order)
      return this.refundOutcome
    },
  }

  constructor(readonly name: ProviderName = 'crypto_pay') {}

  async create({ reference, charge }: InvoiceOrder): Promise<CreatedInvoice> {
    this.#called('create')
    const known = this.isCreateRepeatable && this.#under(reference)[0]
    const id = known ? known.id : randomUUID()
    const url = `https://pay.example.org/${id}`
    const fresh = {
      id,
      reference,
      state: 'pending',
      asked: charge,
      received: null,
      paid: null,
      paymentId: null,
      paidAt: null,
      url,
    } as const
    if (!known) this.invoices.set(id, { ...fresh, raw: { id, reference } })
    const lost = this.lostAnswer
    this.lostAnswer = null
    if (lost) throw lost
    return { id, url, raw: { id } }
  }

  async find(reference: string) {
    this.#called('find')
    return this.#under(reference)
  }

  async fetch(id: string) {
    this.#called('fetch')
    return this.invoices.get(id) ?? null
  }

  async cancel(id: string) {
    this.#called('cancel')
    this.cancelled.push(id)
  }

  /** The customer pays; exactly what is asked unless told. */
  pay(id: string, received?: Money | null, state: ProviderInvoice['state'] = 'paid') {
    const invoice = this.invoices.get(id)!
    const money = received === undefined ? invoice.asked : received
    const paid = money ? { asset: money.currency, amount: money.toDecimal() } : { asset: 'DOGE', amount: '7' }
    this.invoices.set(id, { ...invoice, state, received: money, paid, raw: { id, state } })
  }

  change(id: string, change: Partial<ProviderInvoice>) {
    this.invoices.set(id, { ...this.invoices.get(id)!, ...change })
  }

  fail(method: string, ...errors: Error[]) {
    this.failures.set(method, errors)
  }

  count(method: string) {
    return this.calls.filter((call) => call === method).length
  }

  #under(reference: string) {
    return [...this.invoices.values()].filter((invoice) => invoice.reference === reference)
  }

  #called(method: string) {
    this.calls.push(method)
    const error = this.failures.get(method)?.shift()
    if (error) throw error
  }
}
