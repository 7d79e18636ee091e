import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { AskProvider } from '#payments/actions/ask_provider'
import { CancelInvoice } from '#payments/actions/cancel_invoice'
import { PrepareInvoice } from '#payments/actions/prepare_invoice'
import { RefundInvoice } from '#payments/actions/refund_invoice'
import Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import Refund from '#payments/models/refund'
import WebhookEvent from '#payments/models/webhook_event'
import { startSandboxPayments } from '#tests/support/payments/sandbox_payments'
import {
  balanceOf,
  createInvoice,
  CUSTOMER,
  givenCustomer,
  givenPurpose,
  money,
  systemBalance,
  valueOf,
} from '#tests/support/payments/given'
import { resetDatabase } from '#tests/support/database'

const FINANCE = { type: 'admin' as const, id: 1, name: 'Finance' }

test.group('Payments over HTTP', (group) => {
  let world: Awaited<ReturnType<typeof startSandboxPayments>>

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    world = await startSandboxPayments()
    return () => world.stop()
  })

  const ask = async (invoice: Invoice) => {
    const action = await app.container.make(AskProvider)
    return action.handle(invoice.id)
  }

  async function arrived() {
    await world.sandbox.webhooks.settled()
    await world.process()
  }

  test('Crypto Pay: an invoice is made, paid, told by webhook and credited', async ({ assert }) => {
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id, { amount: money('10.5') }))
    assert.include(invoice.payUrl, '/pay/')
    world.sandbox.cryptoPay.pay(Number(invoice.providerInvoiceId))
    await arrived()
    await invoice.refresh()
    assert.equal(invoice.status, 'paid')
    assert.equal(String(await balanceOf(customer.id)), '10.500000000 TON')
    const event = await WebhookEvent.firstOrFail()
    assert.deepEqual([event.effect, event.invoiceId], ['credited', invoice.id])
  })

  test('Crypto Pay: a USD price is paid in USDT and both sums are kept', async ({ assert }) => {
    await givenPurpose()
    const customer = await givenCustomer()
    const order = { purpose: 'test_order', amount: money('99.99', 'USD') }
    const invoice = valueOf(await createInvoice(customer.id, order))
    world.sandbox.cryptoPay.pay(Number(invoice.providerInvoiceId))
    assert.equal(await ask(invoice), 'credited')
    await invoice.refresh()
    assert.equal(invoice.paidAsset, 'USDT')
    assert.isNotEmpty(invoice.paidAssetAmount)
    assert.equal(String(await systemBalance('revenue', 'USD')), '99.99 USD')
  })

  test('Crypto Pay: an answer that got lost leaves no second invoice', async ({ assert }) => {
    const customer = await givenCustomer()
    world.sandbox.faults.set({ service: 'crypto_pay', kind: 'drop_after', methods: ['createInvoice'], count: 1 } as any)
    const first = await createInvoice(customer.id, { key: 'once' })
    assert.equal(first.ok ? null : first.refusal.code, 'provider_unavailable')
    const again = valueOf(await createInvoice(customer.id, { key: 'once' }))
    assert.equal(again.status, 'pending')
    assert.lengthOf(await Invoice.all(), 1)
    const { items } = await listed()
    assert.lengthOf(items, 1)
  })

  const listed = async () => {
    const { CRYPTO_PAY_API_ROOT: root, CRYPTO_PAY_TOKEN: token } = world.sandbox.services
    const response = await fetch(`${root}/api/getInvoices`, { headers: { 'crypto-pay-api-token': token } })
    const { result } = (await response.json()) as { result: { items: any[] } }
    return result
  }

  test('Crypto Pay: what is cancelled here is deleted there', async ({ assert }) => {
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id))
    const cancel = await app.container.make(CancelInvoice)
    valueOf(await cancel.handle({ invoiceId: invoice.id, actor: CUSTOMER }))
    const { items } = await listed()
    assert.isEmpty(items)
    const prepare = await app.container.make(PrepareInvoice)
    const { status } = valueOf(await prepare.handle(invoice.id))
    assert.equal(status, 'cancelled')
  })

  test('Heleket: a repeated order answers the same payment, and a paid one is credited', async ({ assert }) => {
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id, { provider: 'heleket', amount: money('15') }))
    await Invoice.query()
      .where('id', invoice.id)
      .update({ status: 'created', provider_invoice_id: null, pay_url: null })
    const prepare = await app.container.make(PrepareInvoice)
    const again = valueOf(await prepare.handle(invoice.id))
    assert.equal(again.providerInvoiceId, invoice.providerInvoiceId)

    world.sandbox.heleket.pay(invoice.providerInvoiceId!)
    await arrived()
    await invoice.refresh()
    assert.equal(invoice.status, 'paid')
    assert.equal(String(await balanceOf(customer.id)), '15.000000000 TON')
  })

  test('Heleket: less and then the rest, more, and late', async ({ assert }) => {
    const customer = await givenCustomer()
    const [short, more, late] = [
      valueOf(await createInvoice(customer.id, { provider: 'heleket' })),
      valueOf(await createInvoice(customer.id, { provider: 'heleket' })),
      valueOf(await createInvoice(customer.id, { provider: 'heleket' })),
    ]
    const { heleket } = world.sandbox
    heleket.pay(short.providerInvoiceId!, { amount: '4' } as any)
    heleket.expire(short.providerInvoiceId!)
    heleket.pay(more.providerInvoiceId!, { amount: '11' } as any)
    heleket.expire(late.providerInvoiceId!)
    await arrived()
    heleket.pay(late.providerInvoiceId!)
    await arrived()
    for (const invoice of [short, more, late]) {
      await ask(invoice)
      await invoice.refresh()
    }
    assert.deepEqual([short.status, more.status, late.status], ['underpaid', 'overpaid', 'expired'])
    const breaks = await PaymentBreak.query().orderBy('invoice_id')
    assert.deepEqual(
      breaks.map(({ kind, money: amount }) => [kind, String(amount)]),
      [
        ['underpaid', '4.000000000 TON'],
        ['overpaid', '1.000000000 TON'],
        ['late', '10.000000000 TON'],
      ]
    )
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
  })

  test('Heleket: a refund asks for an address and is sent', async ({ assert }) => {
    await givenPurpose()
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id, { provider: 'heleket', purpose: 'test_order' }))
    world.sandbox.heleket.pay(invoice.providerInvoiceId!)
    await arrived()
    const refund = await app.container.make(RefundInvoice)
    const input = { invoiceId: invoice.id, way: 'provider' as const, reason: 'Asked for it', actor: FINANCE }
    const refused = await refund.handle(input)
    assert.equal(refused.ok ? null : refused.refusal.code, 'address_required')
    const { status } = valueOf(await refund.handle({ ...input, address: 'UQ-address-of-anna' }))
    assert.equal(status, 'refunded')
    const { address } = await Refund.firstOrFail()
    assert.notInclude(address, 'UQ-address')
  })

  test('Crypto Pay: a refund is a transfer that is sent once', async ({ assert }) => {
    await givenPurpose()
    const customer = await givenCustomer()
    world.sandbox.customer({ id: customer.telegramId, firstName: 'Anna' } as any)
    const invoice = valueOf(await createInvoice(customer.id, { purpose: 'test_order' }))
    world.sandbox.cryptoPay.pay(Number(invoice.providerInvoiceId))
    await ask(invoice)
    world.sandbox.faults.set({ service: 'crypto_pay', kind: 'drop_after', methods: ['transfer'], count: 1 } as any)
    const refund = await app.container.make(RefundInvoice)
    const input = { invoiceId: invoice.id, way: 'provider' as const, reason: 'Asked for it', actor: FINANCE }
    const { status } = valueOf(await refund.handle(input))
    assert.equal(status, 'refunded')
  })

  test('given a provider that is down, when five calls failed, then the breaker answers without asking', async ({
    assert,
  }) => {
    const customer = await givenCustomer()
    world.sandbox.faults.set({ service: 'crypto_pay', kind: 'server_error', status: 503, count: 100 } as any)
    for (let i = 0; i < 5; i++) {
      const refused = await createInvoice(customer.id)
      assert.equal(refused.ok ? null : refused.refusal.code, 'provider_unavailable')
    }
    const down = await createInvoice(customer.id)
    assert.equal(down.ok ? null : down.refusal.code, 'provider_down')
    const other = await createInvoice(customer.id, { provider: 'heleket' })
    assert.isTrue(other.ok)
    world.sandbox.faults.clear()
    world.providers.get('crypto_pay').breaker.reset()
    const after = await createInvoice(customer.id)
    assert.isTrue(after.ok)
  })
})
