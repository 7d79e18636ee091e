import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import type { Money } from '#core/money/money'
import type { Result } from '#core/result'
import { AskProvider } from '#payments/actions/ask_provider'
import { CreateTopUp } from '#payments/actions/create_top_up'
import { ProcessWebhookEvent } from '#payments/actions/process_webhook_event'
import { ReceiveWebhook } from '#payments/actions/receive_webhook'
import { SettleBreak, type SettleBreakInput } from '#payments/actions/settle_break'
import type Invoice from '#payments/models/invoice'
import { balance } from '#payments/providers/balance'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { PurposeHandlers } from '#payments/purposes'
import { topUpPurpose } from '#payments/top_up_purpose'
import type { ProviderName } from '#payments/values'
import { BuyByInvoice } from '#stars/actions/buy_by_invoice'
import { BuyFromBalance } from '#stars/actions/buy_from_balance'
import { CancelOrder } from '#stars/actions/cancel_order'
import { MarkDelivered } from '#stars/actions/mark_delivered'
import { RefundOrder } from '#stars/actions/refund_order'
import { Deliveries } from '#stars/fulfilment/deliveries'
import type StarOrder from '#stars/models/star_order'
import { StarOrderPurpose } from '#stars/orders/invoice_purpose'
import type { Recipient } from '#stars/orders/recipient'
import type { StarsChoice } from '#stars/pricing/quote'
import { QuoteStars } from '#stars/queries/quote_stars'
import type { PriceCurrency } from '#stars/values'
import { StoryClock } from '#database/samples/story_clock'
import { SampleProvider } from '#database/samples/money/sample_provider'

export const SAMPLE_ACTOR: Actor = { type: 'operator', id: null, name: 'Sample data' }

interface Purchase {
  customerId: number
  choice: StarsChoice
  recipient: Recipient
}

/** The product's own actions, at moments of the past and with providers that do what the story says. */
export class SampleShop {
  readonly clock = new StoryClock()
  readonly #providers = [
    new SampleProvider('crypto_pay', 'https://t.me/CryptoBot?start='),
    new SampleProvider('heleket', 'https://pay.heleket.com/pay/'),
  ]
  readonly #resolver = app.container.createResolver()
  #keys = 0

  async open() {
    const purposes = new PurposeHandlers()
    this.#resolver.bindValue(Clock, this.clock)
    this.#resolver.bindValue(PaymentProviders, new PaymentProviders([...this.#providers, balance], this.clock))
    this.#resolver.bindValue(PurposeHandlers, purposes)
    purposes.register(topUpPurpose)
    purposes.register(await this.#resolver.make(StarOrderPurpose))
  }

  async topUp(customerId: number, amount: Money, provider: ProviderName): Promise<Invoice> {
    const action = await this.#resolver.make(CreateTopUp)
    const input = { customerId, amount, provider, key: this.#key('top_up'), description: 'Top-up' }
    return valueOf(await action.handle({ ...input, actor: this.#customer(customerId) }))
  }

  async buyByInvoice(purchase: Purchase, provider: ProviderName, currency: PriceCurrency = 'TON') {
    const action = await this.#resolver.make(BuyByInvoice)
    const quoteVersion = await this.#quote(purchase.choice, currency)
    return valueOf(await action.handle({ ...purchase, quoteVersion, key: this.#key('stars'), provider, currency }))
  }

  async buyFromBalance(purchase: Purchase): Promise<StarOrder> {
    const action = await this.#resolver.make(BuyFromBalance)
    const quoteVersion = await this.#quote(purchase.choice)
    return valueOf(await action.handle({ ...purchase, quoteVersion, key: this.#key('stars') }))
  }

  /** The customer pays, the provider tells, and we look into it. */
  async pay({ provider, providerInvoiceId, charge }: Invoice, amount = charge, state: 'paid' | 'short' = 'paid') {
    const body = this.#way(provider).pay(providerInvoiceId!, amount, this.clock.now(), state)
    await this.#deliverWebhook(provider, body)
  }

  /** Money for which nobody here had asked. */
  async payUnasked(provider: ProviderName, id: string, amount: Money) {
    await this.#deliverWebhook(provider, this.#way(provider).pay(id, amount, this.clock.now()))
  }

  async expire({ id, provider, providerInvoiceId }: Invoice) {
    this.#way(provider).expire(providerInvoiceId!)
    const ask = await this.#resolver.make(AskProvider)
    await ask.handle(id)
  }

  /** Into the queue of those that a person delivers. */
  async beginDelivery({ id }: StarOrder) {
    const deliveries = await this.#resolver.make(Deliveries)
    await deliveries.run(id)
  }

  async markDelivered({ id }: StarOrder, note: string | null) {
    const action = await this.#resolver.make(MarkDelivered)
    valueOf(await action.handle({ orderId: id, note, actor: SAMPLE_ACTOR }))
  }

  async refund({ id }: StarOrder, note: string) {
    const action = await this.#resolver.make(RefundOrder)
    valueOf(await action.handle({ orderId: id, note, actor: SAMPLE_ACTOR }))
  }

  async cancel({ id, customerId }: StarOrder) {
    const action = await this.#resolver.make(CancelOrder)
    valueOf(await action.handle({ orderId: id, customerId, actor: this.#customer(customerId) }))
  }

  async settle(invoice: Invoice, resolution: SettleBreakInput['resolution'], reason: string) {
    const waiting = await db.from('payment_breaks').where('invoice_id', invoice.id).firstOrFail()
    const action = await this.#resolver.make(SettleBreak)
    valueOf(await action.handle({ breakId: waiting.id, resolution, reason, actor: SAMPLE_ACTOR }))
  }

  async #quote(choice: StarsChoice, currency?: PriceCurrency) {
    const query = await this.#resolver.make(QuoteStars)
    const quote = valueOf(await query.run({ choice, payWith: currency ? 'invoice' : 'balance', currency }))
    return quote.version
  }

  async #deliverWebhook(provider: ProviderName, body: string) {
    const receive = await this.#resolver.make(ReceiveWebhook)
    const header = () => undefined
    const { id } = valueOf(await receive.handle({ provider, body: Buffer.from(body), header, ip: '203.0.113.7' }))
    const process = await this.#resolver.make(ProcessWebhookEvent)
    await process.handle(id)
  }

  #way(name: ProviderName) {
    return this.#providers.find((provider) => provider.name === name)!
  }

  #key(kind: string) {
    return `sample:${kind}:${++this.#keys}`
  }

  #customer(id: number): Actor {
    return { type: 'customer', id, name: `customer ${id}` }
  }
}

function valueOf<T>(result: Result<T, any>): T {
  if (!result.ok) throw new Error(`The sample story was refused: ${result.refusal.code}`)
  return result.value
}
