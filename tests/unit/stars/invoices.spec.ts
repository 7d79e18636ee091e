import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { BanCustomer } from '#customers/actions/ban_customer'
import { ProviderDown } from '#payments/providers/provider_errors'
import { CancelOrder } from '#stars/actions/cancel_order'
import { RefundOrder } from '#stars/actions/refund_order'
import StarOrder from '#stars/models/star_order'
import { CloseForgotten } from '#stars/ticks/close_forgotten'
import { ADMIN, StarsWorld, valueOf } from '#tests/support/stars/world'
import { HOUR } from '#tests/support/test_clock'
import { systemBalance } from '#tests/support/payments/given'

test.group('Buying Stars by invoice', (group) => {
  const world = new StarsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const cancel = async (order: StarOrder, customerId = order.customerId) => {
    const action = await world.make(CancelOrder)
    return action.handle({ orderId: order.id, customerId, actor: { type: 'customer', id: customerId, name: 'Anna' } })
  }
  const ordered = async (ton = '0') => {
    const customer = await world.customer({ ton })
    const { id: packageId } = await world.package()
    const bought = valueOf(await world.buyByInvoice(customer, { choice: { packageId } }))
    return { customer, packageId, ...bought }
  }

  test('asks for the price of the package, with its bonus, and waits', async ({ assert }) => {
    const { customer, order, invoice } = await ordered()
    assert.deepEqual([order.status, order.invoiceId, order.delivered], ['awaiting_payment', invoice.id, 110])
    assert.equal(String(invoice.money), '95.000000000 TON')
    assert.isNotNull(invoice.payUrl)
    assert.deepEqual(await world.told(customer), ['send star_order_awaiting_payment'])
    assert.deepEqual(await world.stars(), { inventory: 0, owed: 0, delivered: 0 })
  })

  test('is paid once, however often it is told', async ({ assert }) => {
    const { customer, order, invoice } = await ordered()
    await world.pay(invoice)
    await Promise.all([world.ask(invoice), world.ask(invoice)])

    await order.refresh()
    assert.equal(order.status, 'paid')
    assert.deepEqual(await world.stars(), { inventory: -110, owed: 110, delivered: 0 })
    assert.equal(String(await world.revenue()), '95.000000000 TON')
    assert.equal(String(await systemBalance('clearing:crypto_pay')), '-95.000000000 TON')
    assert.equal(String(await world.balance(customer)), '0.000000000 TON')
    assert.deepEqual(await world.events(order), ['created', 'awaiting_payment', 'paid'])
  })

  test('a second click finds the same order and invoice', async ({ assert }) => {
    const customer = await world.customer({ ton: '0' })
    const input = { key: 'stars:nonce', choice: { stars: 200 } }
    const first = valueOf(await world.buyByInvoice(customer, input))
    const second = valueOf(await world.buyByInvoice(customer, input))
    assert.deepEqual([second.order.id, second.invoice.id], [first.order.id, first.invoice.id])
    assert.lengthOf(await StarOrder.all(), 1)
    assert.lengthOf(await db.from('invoices'), 1)
  })

  test('an expired invoice cancels its order, and a later payment waits for a person', async ({ assert }) => {
    const { customer, order, invoice } = await ordered()
    world.clock.advance(2 * HOUR)
    world.provider.change(invoice.providerInvoiceId!, { state: 'expired' })
    await world.ask(invoice)
    await order.refresh()
    assert.deepEqual([order.status, order.reason], ['cancelled', 'invoice_expired'])

    await world.pay(invoice)
    await order.refresh()
    assert.equal(order.status, 'cancelled')
    assert.lengthOf(await db.from('payment_breaks'), 1)
    assert.deepEqual(await world.stars(), { inventory: 0, owed: 0, delivered: 0 })
    assert.equal(String(await world.balance(customer)), '0.000000000 TON')
  })

  test('the customer cancels what is not paid, and its invoice with it', async ({ assert }) => {
    const { customer, order, invoice } = await ordered()
    const stranger = await world.customer({ ton: '0' })
    assert.containSubset(await cancel(order, stranger.id), { ok: false, refusal: { code: 'order_not_found' } })

    valueOf(await cancel(order))
    await order.refresh()
    await invoice.refresh()
    assert.deepEqual([order.status, order.reason, invoice.status], ['cancelled', 'by_customer', 'cancelled'])
    assert.containSubset(await cancel(order), { ok: false, refusal: { code: 'wrong_status' } })

    await world.pay(invoice)
    await order.refresh()
    assert.equal(order.status, 'cancelled')
    assert.lengthOf(await db.from('payment_breaks'), 1)
    assert.deepEqual(await world.told(customer), ['send star_order_cancelled', 'send payment_in_review'])
  })

  test('of a cancellation and a payment at once, one wins', async ({ assert }) => {
    const { order, invoice } = await ordered()
    world.provider.pay(invoice.providerInvoiceId!)
    await Promise.all([cancel(order), world.ask(invoice)])

    await order.refresh()
    const breaks = await db.from('payment_breaks')
    const { owed } = await world.stars()
    if (order.status === 'paid') assert.deepEqual([owed, breaks.length], [110, 0])
    else {
      assert.deepEqual([order.status, owed], ['cancelled', 0])
      await world.ask(invoice)
      assert.lengthOf(await db.from('payment_breaks'), 1)
    }
  })

  test('a refund goes to the balance and closes the invoice', async ({ assert }) => {
    const { customer, order, invoice } = await ordered()
    await world.pay(invoice)
    await world.deliver(order)
    const action = await world.make(RefundOrder)
    valueOf(await action.handle({ orderId: order.id, note: 'Not to be had', actor: ADMIN }))

    await order.refresh()
    await invoice.refresh()
    assert.deepEqual([order.status, invoice.status], ['refunded', 'refunded'])
    assert.equal(String(await world.balance(customer)), '95.000000000 TON')
    assert.equal(String(await world.revenue()), '0.000000000 TON')
    assert.deepEqual(await world.stars(), { inventory: 0, owed: 0, delivered: 0 })
  })

  test('a provider that is down leaves no order behind', async ({ assert }) => {
    const customer = await world.customer({ ton: '0' })
    world.provider.fail('create', ...Array.from({ length: 9 }, () => new ProviderDown('crypto_pay')))
    const refused = await world.buyByInvoice(customer)
    assert.isFalse(refused.ok)
    const order = await StarOrder.firstOrFail()
    assert.equal(order.status, 'cancelled')
    const invoice = await db.from('invoices').first()
    assert.notInclude(['created', 'pending'], invoice?.status)
  })

  test('who was banned meanwhile gets nothing for a payment: it waits for a person', async ({ assert }) => {
    const { customer, order, invoice } = await ordered()
    const ban = await world.make(BanCustomer)
    valueOf(await ban.handle({ customerId: customer.id, reason: 'Fraud', actor: ADMIN }))
    await world.pay(invoice)
    await order.refresh()
    assert.equal(order.status, 'cancelled')
    assert.deepEqual(await world.stars(), { inventory: 0, owed: 0, delivered: 0 })
    const waiting = await db.from('payment_breaks').firstOrFail()
    assert.equal(waiting.kind, 'undeliverable')
  })

  test('an order whose maker died before there was an invoice is closed', async ({ assert }) => {
    const { order } = await ordered()
    await db.from('invoices').update({ subject_id: 999 })
    await db.from('star_orders').update({ status: 'created', invoice_id: null })
    const tick = await world.make(CloseForgotten)
    await tick.run(new AbortController().signal)
    await order.refresh()
    assert.equal(order.status, 'created', 'its maker may still be at it')

    world.clock.advance(HOUR)
    await tick.run(new AbortController().signal)
    await order.refresh()
    assert.deepEqual([order.status, order.reason], ['cancelled', 'never_invoiced'])
  })
})
