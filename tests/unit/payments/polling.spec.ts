import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import Invoice from '#payments/models/invoice'
import { pollDelay } from '#payments/poll_times'
import { PollInvoices } from '#payments/ticks/poll_invoices'
import { ProviderUnreachable } from '#payments/providers/provider_errors'
import { CheckInvoice } from '#payments/actions/check_invoice'
import { refuse } from '#core/result'
import { resetDatabase } from '#tests/support/database'
import { HOUR, MINUTE, SECOND } from '#tests/support/test_clock'
import {
  balanceOf,
  createInvoice,
  givenCustomer,
  givenPayments,
  givenPurpose,
  valueOf,
} from '#tests/support/payments/given'

const ORDER = { purpose: 'test_order', subjectType: 'test_order', subjectId: 7 }

test.group('Polling', (group) => {
  group.each.setup(() => resetDatabase())

  async function given() {
    const told = await givenPurpose()
    const world = givenPayments()
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id, ORDER))
    const tick = await app.container.make(PollInvoices)
    const poll = () => tick.run(new AbortController().signal)
    return { ...world, told, customer, invoice, poll, id: invoice.providerInvoiceId! }
  }

  const statusOf = async ({ id }: Invoice) => {
    const { status } = await Invoice.findOrFail(id)
    return status
  }

  test('the pause grows from 15 seconds to 5 minutes', ({ assert }) => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 50].map(pollDelay),
      [15, 30, 60, 120, 240, 300, 300].map((s) => s * SECOND)
    )
  })

  test('given a webhook that never came, when the invoice is asked for, then it is credited once', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, clock, told, invoice, poll, id } = await given()
    cleanup(restore)
    provider.pay(id)
    await poll()
    assert.equal(provider.count('fetch'), 0)
    clock.advance(15 * SECOND)
    await Promise.all([poll(), poll(), poll()])
    assert.equal(provider.count('fetch'), 1)
    assert.equal(await statusOf(invoice), 'paid')
    assert.deepEqual(told, ['paid'])
    clock.advance(2 * HOUR)
    await poll()
    assert.equal(provider.count('fetch'), 1)
  })

  test('given nobody pays, when its time is over, then it is asked once more, expires, and is watched for an hour', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, clock, told, invoice, poll } = await given()
    cleanup(restore)
    clock.moveTo(invoice.expiresAt - 1)
    await poll()
    assert.equal(await statusOf(invoice), 'pending')
    clock.advance(1)
    await poll()
    assert.equal(await statusOf(invoice), 'expired')
    assert.deepEqual(told, ['expired'])
    for (let i = 0; i < 30; i++) {
      clock.advance(5 * MINUTE)
      await poll()
    }
    const { nextPollAt } = await Invoice.findOrFail(invoice.id)
    assert.isNull(nextPollAt)
    assert.isBelow(provider.count('fetch'), 18)
    assert.isAbove(provider.count('fetch'), 12)
    assert.deepEqual(told, ['expired'])
  })

  test('given a provider that is silent, when the hour after the end is over, then the invoice ends', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, clock, told, invoice, poll } = await given()
    cleanup(restore)
    provider.fetch = async () => {
      throw new ProviderUnreachable('crypto_pay', 'timeout')
    }
    clock.moveTo(invoice.expiresAt)
    await poll()
    assert.equal(await statusOf(invoice), 'pending')
    clock.moveTo(invoice.expiresAt + HOUR)
    await poll()
    assert.equal(await statusOf(invoice), 'expired')
    assert.deepEqual(told, ['expired'])
  })

  test('given a payment in time that is seen after the end, when it is asked for, then it counts', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, clock, told, invoice, poll, id } = await given()
    cleanup(restore)
    provider.pay(id)
    clock.moveTo(invoice.expiresAt + MINUTE)
    await poll()
    assert.equal(await statusOf(invoice), 'paid')
    assert.deepEqual(told, ['paid'])
  })

  test('given poller, customer and webhook at once, when all see the payment, then it is one credit', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore, clock, customer, poll } = await given()
    cleanup(restore)
    const top = valueOf(await createInvoice(customer.id))
    provider.pay(top.providerInvoiceId!)
    clock.advance(MINUTE)
    const check = await app.container.make(CheckInvoice)
    const checks = Array.from({ length: 8 }, () => check.handle({ invoiceId: top.id, customerId: customer.id }))
    await Promise.all([poll(), ...checks, poll()])
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
  })

  test('given somebody else’s invoice, when a customer checks it, then there is none', async ({ assert, cleanup }) => {
    const { restore, invoice } = await given()
    cleanup(restore)
    const stranger = await givenCustomer('Boris')
    const check = await app.container.make(CheckInvoice)
    assert.deepEqual(
      await check.handle({ invoiceId: invoice.id, customerId: stranger.id }),
      refuse('invoice_not_found')
    )
  })
})
