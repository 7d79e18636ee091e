import { setImmediate as breathe } from 'node:timers/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { BanCustomer } from '#customers/actions/ban_customer'
import { CancelInvoice } from '#payments/actions/cancel_invoice'
import { RefundInvoice } from '#payments/actions/refund_invoice'
import { RecordStarPayment } from '#payments/actions/record_star_payment'
import { ReplayWebhookEvent } from '#payments/actions/replay_webhook_event'
import { ProcessWebhookEvent } from '#payments/actions/process_webhook_event'
import { SetManualRate } from '#payments/actions/set_manual_rate'
import type Invoice from '#payments/models/invoice'
import PaymentBreak from '#payments/models/payment_break'
import WebhookEvent from '#payments/models/webhook_event'
import { WebhookBodyQuery } from '#payments/queries/webhook_body_query'
import { ReadStarTransactions } from '#payments/stars/read_star_transactions'
import type Customer from '#customers/models/customer'
import { BotApi } from '#tests/support/sandbox/bot_api'
import { runBot } from '#tests/support/running_bot'
import { resetDatabase } from '#tests/support/database'
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

const FINANCE = { type: 'admin' as const, id: 1, name: 'Finance' }

test.group('Telegram Stars', (group) => {
  let world: Awaited<ReturnType<typeof startSandboxPayments>>

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    world = await startSandboxPayments()
    return () => world.stop()
  })

  async function givenBot() {
    const { sandbox } = world
    const { runner } = await runBot({ token: sandbox.token, apiRoot: sandbox.url, sweepEveryMs: 50 })
    return () => runner.stop()
  }

  /** A customer who has Stars, and an invoice of 150 for them. */
  async function givenInvoice(purpose = 'test_order') {
    await givenPurpose()
    const customer = await givenCustomer()
    world.sandbox.customer({ id: customer.telegramId, firstName: 'Anna', stars: 1000 } as any)
    const order = { purpose, provider: 'telegram_stars' as const, amount: money('150', 'STARS') }
    return { customer, invoice: valueOf(await createInvoice(customer.id, order)) }
  }

  const pay = ({ telegramId }: Customer, { payUrl }: Invoice) => world.sandbox.pay(telegramId, payUrl!)

  async function paidBy(invoice: Invoice) {
    const deadline = performance.now() + 10_000
    while (invoice.status === 'pending' && performance.now() < deadline) {
      await breathe()
      await invoice.refresh()
    }
  }

  test('given an invoice, when its Stars are paid, then the bot consents and it is credited once', async ({
    assert,
    cleanup,
  }) => {
    cleanup(await givenBot())
    const { customer, invoice } = await givenInvoice()
    const { paid, chargeId } = await pay(customer, invoice)
    assert.isTrue(paid)
    await paidBy(invoice)
    assert.equal(invoice.status, 'paid')
    assert.equal(invoice.providerPaymentId, chargeId)
    assert.equal(String(await systemBalance('revenue', 'STARS')), '150 STARS')

    const read = await app.container.make(ReadStarTransactions)
    assert.equal(await read.handle({ fromStart: true }), 0)
    assert.equal(String(await systemBalance('revenue', 'STARS')), '150 STARS')
    const again = await pay(customer, invoice)
    assert.isFalse(again.paid)
  })

  test('given a top-up in TON, when it is paid in Stars, then the rate says how many and both sums pass the exchange', async ({
    assert,
    cleanup,
  }) => {
    cleanup(await givenBot())
    const rate = await app.container.make(SetManualRate)
    valueOf(await rate.handle({ base: 'TON', quote: 'STARS', rate: '250.1', hours: 1, reason: 'r', actor: FINANCE }))
    const customer = await givenCustomer()
    world.sandbox.customer({ id: customer.telegramId, firstName: 'Anna', stars: 5000 } as any)
    const invoice = valueOf(await createInvoice(customer.id, { provider: 'telegram_stars', amount: money('10') }))
    assert.equal(String(invoice.charge), '2501 STARS')
    await pay(customer, invoice)
    await paidBy(invoice)
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.equal(String(await systemBalance('exchange', 'STARS')), '2501 STARS')
    assert.equal(String(await systemBalance('exchange', 'TON')), '-10.000000000 TON')
  })

  test('given an update that got lost, when the transactions are read, then it is credited once', async ({
    assert,
  }) => {
    const { customer, invoice } = await givenInvoice()
    const api = new BotApi(world.sandbox.url, world.sandbox.token)
    const paying = pay(customer, invoice)
    const [{ pre_checkout_query: asked }] = await api.ok('getUpdates', { timeout: 5 })
    await api.ok('answerPreCheckoutQuery', { pre_checkout_query_id: asked.id, ok: true })
    await paying

    const read = await app.container.make(ReadStarTransactions)
    assert.equal(await read.handle(), 1)
    assert.equal(await read.handle(), 0)
    assert.equal(await read.handle({ fromStart: true }), 0)
    await invoice.refresh()
    assert.equal(invoice.status, 'paid')
  })

  test('given Stars for an invoice that nobody made, when they are found, then they wait in the inbox', async ({
    assert,
  }) => {
    const customer = await givenCustomer()
    const record = await app.container.make(RecordStarPayment)
    const payment = { telegramId: customer.telegramId, payload: 'NOBODYS', chargeId: 'c1', stars: 5, paidAt: 1 }
    assert.deepEqual(await record.handle(payment), { effect: 'unknown_invoice', isNew: true })
    assert.deepEqual(await record.handle(payment), { effect: 'unknown_invoice', isNew: false })
    const [waiting, ...others] = await PaymentBreak.all()
    assert.isEmpty(others)
    assert.deepEqual([waiting.kind, waiting.customerId, String(waiting.money)], ['unmatched', customer.id, '5 STARS'])
  })

  test('given {$self}, when Telegram asks, then the bot says no and no Stars move')
    .with(['a cancelled invoice', 'a banned customer', 'somebody else'] as const)
    .run(async ({ assert, cleanup }, what) => {
      cleanup(await givenBot())
      const { customer, invoice } = await givenInvoice()
      let payer = customer
      if (what === 'a cancelled invoice') {
        const cancel = await app.container.make(CancelInvoice)
        valueOf(await cancel.handle({ invoiceId: invoice.id, actor: CUSTOMER }))
      } else if (what === 'a banned customer') {
        const ban = await app.container.make(BanCustomer)
        valueOf(await ban.handle({ customerId: customer.id, reason: 'fraud', actor: FINANCE }))
      } else {
        payer = await givenCustomer('Boris')
        world.sandbox.customer({ id: payer.telegramId, firstName: 'Boris', stars: 1000 } as any)
      }
      const { paid } = await pay(payer, invoice)
      assert.isFalse(paid)
      assert.equal(world.sandbox.stars(payer.telegramId), 1000)
      assert.isEmpty(await PaymentBreak.all())
    })

  test('given paid Stars, when they are refunded, then Telegram gives them back once', async ({ assert, cleanup }) => {
    cleanup(await givenBot())
    const { customer, invoice } = await givenInvoice()
    await pay(customer, invoice)
    await paidBy(invoice)
    const refund = await app.container.make(RefundInvoice)
    const input = { invoiceId: invoice.id, way: 'provider' as const, reason: 'Asked for it', actor: FINANCE }
    valueOf(await refund.handle(input))
    assert.equal(world.sandbox.stars(customer.telegramId), 1000)
    assert.equal(String(await systemBalance('revenue', 'STARS')), '0 STARS')
    const again = await refund.handle(input)
    assert.isFalse(again.ok)
  })

  test('given a recorded payment, when it is replayed, then its journal still says credited and nothing moves', async ({
    assert,
    cleanup,
  }) => {
    cleanup(await givenBot())
    const { customer, invoice } = await givenInvoice()
    await pay(customer, invoice)
    await paidBy(invoice)
    const event = await WebhookEvent.firstOrFail()
    const body = await app.container.make(WebhookBodyQuery)
    assert.include(await body.run(event.id), invoice.reference)
    const replay = await app.container.make(ReplayWebhookEvent)
    valueOf(await replay.handle({ eventId: event.id, actor: FINANCE }))
    const process = await app.container.make(ProcessWebhookEvent)
    assert.equal(await process.handle(event.id), 'credited')
    assert.equal(String(await systemBalance('revenue', 'STARS')), '150 STARS')
  })
})
