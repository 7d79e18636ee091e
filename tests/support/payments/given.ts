import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import type { Actor } from '#core/contracts/audit'
import type { Currency } from '#core/money/currency'
import { type Money } from '#core/money/money'
import { parseMoney } from '#core/money/parse_money'
import type { Result } from '#core/result'
import { transaction } from '#core/database/transaction'
import { RegisterCustomer } from '#customers/actions/register_customer'
import { system, wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import { CreateInvoice, type CreateInvoiceInput } from '#payments/actions/create_invoice'
import { PaymentProviders } from '#payments/providers/payment_providers'
import { balance } from '#payments/providers/balance'
import type { PaymentProvider } from '#payments/providers/payment_provider'
import { PurposeHandlers, type PurposeHandler } from '#payments/purposes'
import { FakeProvider } from '#tests/support/payments/fake_provider'
import { TestClock } from '#tests/support/test_clock'

export const CUSTOMER: Actor = { type: 'customer', id: null, name: 'Anna' }

export const money = (text: string, currency: Currency = 'TON') => valueOf(parseMoney(text, currency))

export function valueOf<T>(result: Result<T, any>): T {
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code} ${JSON.stringify(result.refusal.params ?? {})}`)
  return result.value
}

/** The room with a fake provider and a clock that stands still; `restore` belongs into `cleanup`. */
export function givenPayments(...others: PaymentProvider[]) {
  const clock = new TestClock()
  const provider = new FakeProvider()
  const providers = new PaymentProviders([provider, balance, ...others], clock, { openMs: 60_000, retryDelayMs: 1 })
  app.container.swap(Clock, () => clock)
  app.container.swap(PaymentProviders, () => providers)
  return { clock, provider, providers, restore: () => app.container.restoreAll([Clock, PaymentProviders]) }
}

let telegramId = 5_100_000_000

export async function givenCustomer(name = 'Anna') {
  const register = await app.container.make(RegisterCustomer)
  const { customer } = await register.handle({ telegramId: ++telegramId, firstName: name, languageTag: 'en' } as any)
  return customer
}

/** Puts money into a wallet out of nowhere. */
export async function givenBalance(customerId: number, amount: Money) {
  const ledger = await app.container.make(Ledger)
  const posted = await transaction((trx) =>
    ledger.transfer(trx, {
      kind: 'adjustment',
      key: `test:${customerId}:${Math.random()}`,
      postings: [{ from: system('adjustments', amount.currency), to: wallet(customerId, amount.currency), amount }],
      actor: { type: 'system', id: null, name: 'test' },
    })
  )
  valueOf(posted)
}

export async function balanceOf(customerId: number, currency: Currency = 'TON') {
  const ledger = await app.container.make(Ledger)
  return ledger.balance(db, wallet(customerId, currency))
}

export async function systemBalance(name: Parameters<typeof system>[0], currency: Currency = 'TON') {
  const ledger = await app.container.make(Ledger)
  return ledger.balance(db, system(name, currency))
}

let keys = 0

export async function createInvoice(customerId: number, input: Partial<CreateInvoiceInput> = {}) {
  const create = await app.container.make(CreateInvoice)
  return create.handle({
    customerId,
    purpose: 'top_up',
    amount: money('10'),
    provider: 'crypto_pay',
    key: `test:${++keys}`,
    description: 'Top-up',
    actor: CUSTOMER,
    ...input,
  })
}

/** A purpose whose money is revenue; what it was told is kept. */
export async function givenPurpose(handler: Partial<PurposeHandler> = {}) {
  const told: string[] = []
  const purposes = await app.container.make(PurposeHandlers)
  purposes.register({
    purpose: 'test_order',
    destination: ({ currency }) => system('revenue', currency),
    async paid() {
      told.push('paid')
    },
    async closed(_trx, _invoice, status) {
      told.push(status)
    },
    async refunded() {
      told.push('refunded')
    },
    ...handler,
  })
  return told
}
