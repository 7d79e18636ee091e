import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { ok, refuse } from '#core/result'
import { AskProvider } from '#payments/actions/ask_provider'
import { CancelInvoice } from '#payments/actions/cancel_invoice'
import { SettleBreak, type SettleBreakInput } from '#payments/actions/settle_break'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import { createAdmin } from '#tests/support/staff'
import { resetDatabase } from '#tests/support/database'
import { HOUR } from '#tests/support/test_clock'
import {
  balanceOf,
  createInvoice,
  CUSTOMER,
  givenCustomer,
  givenPayments,
  givenPurpose,
  money,
  systemBalance,
  valueOf,
} from '#tests/support/payments/given'

const ORDER = { purpose: 'test_order', subjectType: 'test_order', subjectId: 7 }

test.group('Payments that do not fit', (group) => {
  group.each.setup(() => resetDatabase())

  async function given(options = {}) {
    const world = givenPayments()
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id, options))
    const ask = await app.container.make(AskProvider)
    const asked = () => ask.handle(invoice.id)
    return { ...world, customer, invoice, asked, id: invoice.providerInvoiceId! }
  }

  async function settle(input: Partial<SettleBreakInput>) {
    const admin = await createAdmin({ role: 'finance' })
    const action = await app.container.make(SettleBreak)
    const { id } = await PaymentBreak.query().where('status', 'open').firstOrFail()
    const actor = { type: 'admin' as const, id: admin.id, name: admin.fullName }
    return action.handle({ breakId: id, resolution: 'credit_received', reason: 'Looked into it', actor, ...input })
  }

  const statusOf = async ({ id }: Invoice) => {
    const { status } = await Invoice.findOrFail(id)
    return status
  }

  const nothingInSuspense = async () => String(await systemBalance('suspense')) === '0.000000000 TON'

  test('given too little, when the rest comes, then it is credited in full and nothing is left to settle', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, customer, invoice, asked, id } = await given()
    cleanup(restore)
    provider.pay(id, money('7'), 'short')
    assert.equal(await asked(), 'break')
    assert.equal(await asked(), 'nothing')
    assert.equal(await statusOf(invoice), 'underpaid')
    assert.equal(String(await systemBalance('suspense')), '7.000000000 TON')
    assert.equal(String(await balanceOf(customer.id)), '0.000000000 TON')

    provider.pay(id, money('10'))
    assert.equal(await asked(), 'credited')
    assert.equal(await statusOf(invoice), 'paid')
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.isTrue(await nothingInSuspense())
    const { status, resolution } = await PaymentBreak.firstOrFail()
    assert.deepEqual({ status, resolution }, { status: 'settled', resolution: 'paid' })
  })

  test('given too little for a top-up, when what came is credited, then it is paid with that', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, customer, invoice, asked, id } = await given()
    cleanup(restore)
    provider.pay(id, money('7'), 'short')
    await asked()
    const settled = valueOf(await settle({}))
    assert.equal(settled.status, 'settled')
    assert.equal(String(await balanceOf(customer.id)), '7.000000000 TON')
    assert.equal(await statusOf(invoice), 'paid')
    assert.isTrue(await nothingInSuspense())
    const again = await app.container.make(SettleBreak)
    const actor = { type: 'admin' as const, id: 1, name: 'A' }
    const second = await again.handle({ breakId: settled.id, resolution: 'credit_received', reason: 'x', actor })
    assert.deepEqual(second, refuse('break_not_open'))
    assert.lengthOf(await db.from('audit_entries').where('action', 'payment_break.settled'), 1)
  })

  test('given too little for a top-up, when it is honoured, then the rest is a bonus', async ({ assert, cleanup }) => {
    const { provider, restore, customer, asked, id } = await given()
    cleanup(restore)
    provider.pay(id, money('7'), 'short')
    await asked()
    valueOf(await settle({ resolution: 'honour' }))
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.equal(String(await systemBalance('bonuses')), '-3.000000000 TON')
    assert.isTrue(await nothingInSuspense())
  })

  test('given too little for a purchase, when what came is credited, then it is on the balance and the order closed', async ({
    assert,
    cleanup,
  }) => {
    const told = await givenPurpose()
    const { provider, restore, customer, invoice, asked, id } = await given(ORDER)
    cleanup(restore)
    provider.pay(id, money('7'), 'short')
    await asked()
    valueOf(await settle({}))
    assert.deepEqual(told, ['failed'])
    assert.equal(await statusOf(invoice), 'refunded')
    assert.equal(String(await balanceOf(customer.id)), '7.000000000 TON')
  })

  test('given too much, when it comes, then it is honoured and the excess waits', async ({ assert, cleanup }) => {
    const { provider, restore, customer, invoice, asked, id } = await given()
    cleanup(restore)
    provider.pay(id, money('12.5'))
    assert.equal(await asked(), 'credited')
    assert.equal(await asked(), 'nothing')
    assert.equal(await statusOf(invoice), 'overpaid')
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.equal(String(await systemBalance('suspense')), '2.500000000 TON')
    valueOf(await settle({}))
    assert.equal(String(await balanceOf(customer.id)), '12.500000000 TON')
    assert.equal(await statusOf(invoice), 'paid')
  })

  test('given an expired invoice, when its payment comes late, then it waits and can be honoured', async ({
    assert,
    cleanup,
  }) => {
    const told = await givenPurpose()
    const { provider, restore, clock, invoice, asked, id } = await given(ORDER)
    cleanup(restore)
    clock.advance(HOUR)
    assert.equal(await asked(), 'closed')
    assert.equal(await statusOf(invoice), 'expired')
    provider.pay(id)
    assert.equal(await asked(), 'break')
    assert.equal(await asked(), 'nothing')
    assert.deepEqual(told, ['expired'])
    valueOf(await settle({ resolution: 'honour' }))
    assert.deepEqual(told, ['expired', 'paid'])
    assert.equal(String(await systemBalance('revenue')), '10.000000000 TON')
    assert.isTrue(await nothingInSuspense())
  })

  test('given a late payment whose order is gone, when it is honoured, then its owner refuses and nothing changes', async ({
    assert,
    cleanup,
  }) => {
    let isGone = false
    await givenPurpose({ mayPay: async () => (isGone ? refuse('invoice_not_open') : ok()) })
    const { provider, restore, invoice, asked, id } = await given(ORDER)
    cleanup(restore)
    const cancel = await app.container.make(CancelInvoice)
    valueOf(await cancel.handle({ invoiceId: invoice.id, actor: CUSTOMER }))
    isGone = true
    provider.pay(id)
    await asked()
    const refused = await settle({ resolution: 'honour' })
    assert.isFalse(refused.ok)
    const { status, kind } = await PaymentBreak.firstOrFail()
    assert.deepEqual({ status, kind }, { status: 'open', kind: 'late' })
    assert.equal(await statusOf(invoice), 'cancelled')
  })

  test('given a purchase that can not be had, when it is paid, then the money waits as undeliverable', async ({
    assert,
    cleanup,
  }) => {
    let isGone = false
    const told = await givenPurpose({ mayPay: async () => (isGone ? refuse('invoice_not_open') : ok()) })
    const { provider, restore, invoice, asked, id } = await given(ORDER)
    cleanup(restore)
    isGone = true
    provider.pay(id)
    assert.equal(await asked(), 'break')
    assert.equal(await statusOf(invoice), 'failed')
    assert.deepEqual(told, ['failed'])
    assert.equal(String(await systemBalance('suspense')), '10.000000000 TON')
  })

  test('given a second payment under our reference, when it is seen, then it is a duplicate', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, customer, invoice, asked, id } = await given()
    cleanup(restore)
    provider.pay(id)
    await asked()
    provider.invoices.set('second', { ...provider.invoices.get(id)!, id: 'second' })
    const { ApplyPayment } = await import('#payments/actions/apply_payment')
    const { transaction } = await import('#core/database/transaction')
    const apply = await app.container.make(ApplyPayment)
    const second = () => transaction((trx) => apply.in(trx, invoice.id, provider.invoices.get('second')!))
    assert.equal(await second(), 'break')
    assert.equal(await second(), 'nothing')
    const { kind } = await PaymentBreak.firstOrFail()
    assert.equal(kind, 'duplicate')
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.equal(String(await systemBalance('suspense')), '10.000000000 TON')
    assert.equal(await statusOf(invoice), 'paid')
  })

  test('given an asset that we do not know, when it is paid, then it waits without an amount and can be dismissed', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, customer, invoice, asked, id } = await given()
    cleanup(restore)
    provider.pay(id, null)
    assert.equal(await asked(), 'break')
    const waiting = await PaymentBreak.firstOrFail()
    assert.equal(waiting.kind, 'wrong_currency')
    assert.isNull(waiting.money)
    assert.deepEqual(await settle({}), refuse('break_without_amount'))
    valueOf(await settle({ resolution: 'dismiss' }))
    assert.equal(await statusOf(invoice), 'failed')
    assert.equal(String(await balanceOf(customer.id)), '0.000000000 TON')
  })

  test('given a provider whose invoice asks for less than ours, when it is paid, then nothing is credited', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, customer, asked, id } = await given()
    cleanup(restore)
    provider.change(id, { asked: money('1') })
    provider.pay(id)
    assert.equal(await asked(), 'break')
    const { kind } = await PaymentBreak.firstOrFail()
    assert.equal(kind, 'mismatch')
    assert.equal(String(await balanceOf(customer.id)), '0.000000000 TON')
  })

  test('given an excess, when it is sent back, then the provider sends it once and the invoice stays paid', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, customer, invoice, asked, id } = await given()
    cleanup(restore)
    provider.pay(id, money('12'))
    await asked()
    valueOf(await settle({ resolution: 'refund' }))
    assert.lengthOf(provider.sentRefunds, 1)
    assert.equal(String(provider.sentRefunds[0].amount), '2.000000000 TON')
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.equal(String(await systemBalance('clearing:crypto_pay')), '-10.000000000 TON')
    assert.isTrue(await nothingInSuspense())
    assert.equal(await statusOf(invoice), 'overpaid')
  })

  test('given a late payment of another sum, when it is honoured, then that is refused', async ({
    assert,
    cleanup,
  }) => {
    await givenPurpose({ mayRefund: async () => ok() })
    const { provider, restore, clock, asked, id } = await given(ORDER)
    cleanup(restore)
    clock.advance(HOUR)
    await asked()
    provider.pay(id, money('12'))
    await asked()
    assert.deepEqual(await settle({ resolution: 'honour' }), refuse('break_cannot_honour'))
    assert.lengthOf(await PaymentBreak.query().where('status', 'open'), 1)
  })

  test('given no reason, when a break is settled, then it is refused', async ({ assert, cleanup }) => {
    const { provider, restore, asked, id } = await given()
    cleanup(restore)
    provider.pay(id, money('12'))
    await asked()
    assert.deepEqual(await settle({ reason: '  ' }), refuse('reason_required'))
  })
})
