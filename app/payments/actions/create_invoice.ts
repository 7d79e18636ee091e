import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { Money } from '#core/money/money'
import { newReference } from '#core/reference'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'
import { allOrNothing } from '#core/database/all_or_nothing'
import { Charges } from '#payments/charges'
import { PayFromBalance } from '#payments/actions/pay_from_balance'
import { PrepareInvoice } from '#payments/actions/prepare_invoice'
import { invoiceLifetimeMs } from '#payments/lifetime'
import Invoice from '#payments/models/invoice'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { PurposeHandlers } from '#payments/purposes'
import { paymentsEnabled, waysEnabled } from '#payments/settings'
import type { ProviderName } from '#payments/values'

export interface CreateInvoiceInput {
  customerId: number
  purpose: string
  subjectType?: string | null
  subjectId?: number | null
  amount: Money
  provider: ProviderName
  /** Idempotency key, domain first: `top_up:update:900000017`. */
  key: string
  /** For the customer, in their language; up to 200 characters. */
  description: string
  actor: Actor
}

/**
 * Asks a customer for money. The row is written before the provider is asked; the same key again answers the same
 * invoice and goes on where a crash left it. From balance it is paid at once. Refuses `payments_off`,
 * `provider_off`, `provider_down`, `provider_not_for_purpose`, `currency_not_accepted`, `rate_missing`, `rate_stale`,
 * `amount_not_positive`, `amount_too_large`, `customer_not_found`, `customer_banned`, `idempotency_conflict`,
 * `insufficient_funds`, what the purpose refuses, and what PrepareInvoice does.
 */
@inject()
export class CreateInvoice {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private providers: PaymentProviders,
    private purposes: PurposeHandlers,
    private charges: Charges,
    private balance: PayFromBalance,
    private prepare: PrepareInvoice
  ) {}

  async handle(input: CreateInvoiceInput): Promise<Result<Invoice>> {
    const known = await Invoice.findBy('idempotencyKey', input.key)
    if (known) return this.#goOn(known, input)
    const charge = await this.#charge(input)
    if (!charge.ok) return charge
    const stored = await allOrNothing((trx) => this.#store(trx, input, charge.value))
    return stored.ok ? this.#goOn(stored.value, input) : stored
  }

  async #goOn(invoice: Invoice, input: CreateInvoiceInput): Promise<Result<Invoice>> {
    if (!isAbout(invoice, input)) return refuse('idempotency_conflict')
    return invoice.status === 'created' ? this.prepare.handle(invoice.id) : ok(invoice)
  }

  async #charge({ amount, provider: name, purpose }: CreateInvoiceInput): Promise<Result<Money>> {
    if (amount.minor <= 0n) return refuse('amount_not_positive')
    if (!(await this.settings.get(paymentsEnabled))) return refuse('payments_off')
    const provider = this.providers.find(name)
    if (!provider || !(await this.settings.get(waysEnabled[name]))) return refuse('provider_off', { provider: name })
    const { ways } = this.purposes.of(purpose)
    if (ways && !ways.includes(name)) return refuse('provider_not_for_purpose', { provider: name })
    if (provider.breaker.isDown) return refuse('provider_down', { provider: name })
    return this.charges.of(amount, provider)
  }

  /** The customer's row is locked: a ban that comes at the same time comes before or after, and a second click too. */
  async #store(trx: Trx, input: CreateInvoiceInput, charge: Money): Promise<Result<Invoice>> {
    const customer = await Customer.query({ client: trx }).where('id', input.customerId).forUpdate().first()
    if (!customer) return refuse('customer_not_found')
    if (customer.isBanned) return refuse('customer_banned')
    const known = await Invoice.query({ client: trx }).where('idempotencyKey', input.key).first()
    if (known) return ok(known)

    const invoice = await Invoice.create(this.#row(input, charge), { client: trx })
    const possible = (await this.purposes.of(invoice.purpose).mayPay?.(trx, invoice)) ?? ok()
    if (!possible.ok) return possible
    return input.provider === 'balance' ? this.balance.in(trx, invoice, input.actor) : ok(invoice)
  }

  #row({ amount, ...input }: CreateInvoiceInput, charge: Money): Partial<Invoice> {
    const now = this.clock.now()
    return {
      reference: newReference(),
      customerId: input.customerId,
      purpose: input.purpose,
      subjectType: input.subjectType ?? null,
      subjectId: input.subjectId ?? null,
      status: 'created',
      provider: input.provider,
      currency: amount.currency,
      amount: amount.minor,
      chargeCurrency: charge.currency,
      chargeAmount: charge.minor,
      description: input.description.slice(0, 200),
      idempotencyKey: input.key,
      createAttempts: 0,
      polls: 0,
      nextPollAt: now + 60_000,
      expiresAt: now + invoiceLifetimeMs(),
      createdAt: now,
      updatedAt: now,
    }
  }
}

const isAbout = (invoice: Invoice, { customerId, purpose, amount, provider, subjectId }: CreateInvoiceInput) =>
  invoice.customerId === customerId &&
  invoice.purpose === purpose &&
  invoice.provider === provider &&
  invoice.subjectId === (subjectId ?? null) &&
  invoice.money.equals(amount)
