import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { AskProvider } from '#payments/actions/ask_provider'
import Invoice from '#payments/models/invoice'
import { resetDatabase } from '#tests/support/database'
import {
  balanceOf,
  createInvoice,
  givenBalance,
  givenCustomer,
  givenPayments,
  givenPurpose,
  money,
  systemBalance,
  valueOf,
} from '#tests/support/payments/given'

test.group('Invoices', (group) => {
  group.each.setup(() => resetDatabase())

  test('given a top-up, when it is paid, then the wallet has it once and the customer is told', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore } = givenPayments()
    cleanup(restore)
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id))
    assert.equal(invoice.status, 'pending')
    assert.isNotNull(invoice.payUrl)

    provider.pay(invoice.providerInvoiceId!)
    const ask = await app.container.make(AskProvider)
    assert.equal(await ask.handle(invoice.id), 'credited')
    assert.equal(await ask.handle(invoice.id), 'nothing')

    await invoice.refresh()
    assert.equal(invoice.status, 'paid')
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.equal(String(await systemBalance('clearing:crypto_pay')), '-10.000000000 TON')
    const told = await db.from('notifications').where('customer_id', customer.id)
    assert.deepEqual(
      told.map(({ template }) => template),
      ['payment_received']
    )
  })

  test('given a balance, when it pays a purchase, then the invoice is paid at once and asks nobody', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore } = givenPayments()
    cleanup(restore)
    const told = await givenPurpose()
    const customer = await givenCustomer()
    await givenBalance(customer.id, money('25'))

    const order = { purpose: 'test_order', provider: 'balance' as const, amount: money('20'), key: 'order:1' }
    const invoice = valueOf(await createInvoice(customer.id, order))
    assert.equal(invoice.status, 'paid')
    assert.deepEqual(provider.calls, [])
    assert.deepEqual(told, ['paid'])
    assert.equal(String(await balanceOf(customer.id)), '5.000000000 TON')
    assert.equal(String(await systemBalance('revenue')), '20.000000000 TON')

    const again = valueOf(await createInvoice(customer.id, order))
    assert.equal(again.id, invoice.id)
    const poor = await createInvoice(customer.id, { ...order, key: 'order:2' })
    assert.isFalse(poor.ok)
    assert.lengthOf(await Invoice.all(), 1)
  })
})
