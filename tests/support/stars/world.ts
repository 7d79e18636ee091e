import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#core/contracts/audit'
import { Settings, type SettingDefinition } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import type { Money } from '#core/money/money'
import { CustomerFactory } from '#database/factories/customer_factory'
import type Customer from '#customers/models/customer'
import { AskProvider } from '#payments/actions/ask_provider'
import type Invoice from '#payments/models/invoice'
import { BuyByInvoice } from '#stars/actions/buy_by_invoice'
import { BuyFromBalance } from '#stars/actions/buy_from_balance'
import { CreatePackage, type CreatePackageInput } from '#stars/actions/create_package'
import { Deliveries } from '#stars/fulfilment/deliveries'
import type StarOrder from '#stars/models/star_order'
import type { PurchaseInput } from '#stars/orders/purchase'
import type { StarsChoice } from '#stars/pricing/quote'
import { QuoteStars } from '#stars/queries/quote_stars'
import type { PayWith, PriceCurrency } from '#stars/values'
import { resetDatabase } from '#tests/support/database'
import { balanceOf, givenBalance, givenPayments, money, systemBalance, valueOf } from '#tests/support/payments/given'

export { money, valueOf } from '#tests/support/payments/given'

export const ADMIN: Actor = { type: 'admin', id: 1, name: 'Olena' }

let keys = 0

/** A database of its own, a clock that stands still and a payment provider that does what it is told. */
export class StarsWorld {
  #payments!: ReturnType<typeof givenPayments>

  async setup() {
    await resetDatabase()
    this.#payments = givenPayments()
    const settings = await app.container.make(Settings)
    settings.forget()
  }

  teardown() {
    this.#payments.restore()
  }

  get clock() {
    return this.#payments.clock
  }

  get provider() {
    return this.#payments.provider
  }

  make<T>(dependency: new (...args: any[]) => T): Promise<T> {
    return app.container.make(dependency) as Promise<T>
  }

  async set<T>(definition: SettingDefinition<T>, value: T) {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, definition, value))
  }

  /** A customer with that many TON on the balance. */
  async customer({ ton = '10000', ...columns }: Partial<Customer> & { ton?: string } = {}) {
    const customer = await CustomerFactory.merge(columns as any).create()
    if (ton !== '0') await givenBalance(customer.id, money(ton))
    return customer
  }

  /** 100 Stars and 10 for 95 TON, unless told. */
  async package(input: Partial<CreatePackageInput> = {}) {
    const create = await this.make(CreatePackage)
    const created = await create.handle({
      stars: 100,
      bonus: 10,
      isActive: true,
      availableFrom: null,
      availableUntil: null,
      prices: { TON: money('95') },
      actor: ADMIN,
      ...input,
    })
    return valueOf(created)
  }

  async quote(choice: StarsChoice, payWith: PayWith = 'balance', currency?: PriceCurrency) {
    const query = await this.make(QuoteStars)
    return query.run({ choice, payWith, currency })
  }

  /** What the bot hands over after it has shown the price. */
  async purchase(customer: Customer, input: Partial<PurchaseInput> = {}, payWith: PayWith = 'balance') {
    const choice = input.choice ?? { stars: 100 }
    const quoteVersion = input.quoteVersion ?? valueOf(await this.quote(choice, payWith)).version
    const recipient = { kind: 'self' } as const
    return { customerId: customer.id, recipient, key: `test:${++keys}`, ...input, choice, quoteVersion }
  }

  async buy(customer: Customer, input: Partial<PurchaseInput> = {}) {
    const action = await this.make(BuyFromBalance)
    return action.handle(await this.purchase(customer, input))
  }

  async bought(customer: Customer, input: Partial<PurchaseInput> = {}) {
    return valueOf(await this.buy(customer, input))
  }

  async buyByInvoice(customer: Customer, input: Partial<PurchaseInput> = {}) {
    const action = await this.make(BuyByInvoice)
    const purchase = await this.purchase(customer, input, 'invoice')
    return action.handle({ ...purchase, provider: 'crypto_pay', currency: 'TON' })
  }

  /** The provider has the money, and we ask. */
  async pay(invoice: Invoice) {
    this.provider.pay(invoice.providerInvoiceId!)
    return this.ask(invoice)
  }

  async ask(invoice: Invoice) {
    const action = await this.make(AskProvider)
    return action.handle(invoice.id)
  }

  async deliver(order: StarOrder) {
    const deliveries = await this.make(Deliveries)
    await deliveries.run(order.id)
    return order.refresh()
  }

  /** A paid order that waits for a person. */
  async queued(customer: Customer, input: Partial<PurchaseInput> = {}) {
    return this.deliver(await this.bought(customer, input))
  }

  balance(customer: Customer): Promise<Money> {
    return balanceOf(customer.id)
  }

  async stars() {
    const read = async (name: 'stars:inventory' | 'stars:owed' | 'stars:delivered') => {
      const { minor } = await systemBalance(name, 'STARS')
      return Number(minor)
    }
    return {
      inventory: await read('stars:inventory'),
      owed: await read('stars:owed'),
      delivered: await read('stars:delivered'),
    }
  }

  revenue = () => systemBalance('revenue')

  async events(order: StarOrder): Promise<string[]> {
    const rows = await db.from('star_order_events').where('order_id', order.id).orderBy('id').select('event')
    return rows.map(({ event }) => event)
  }

  /** What the customer was told, in order: operation and template. */
  async told(customer: Customer): Promise<string[]> {
    const rows = await db.from('notifications').where('customer_id', customer.id).orderBy('id')
    return rows.map(({ operation, template }) => `${operation} ${template}`)
  }
}
