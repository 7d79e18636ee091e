import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { AnonymiseCustomer } from '#customers/actions/anonymise_customer'
import { AskProvider } from '#payments/actions/ask_provider'
import Invoice from '#payments/models/invoice'
import { PaymentCheck } from '#payments/watch/payment_check'
import { PaymentsTimeline } from '#payments/timeline'
import { createInvoice, givenCustomer, givenPurpose, valueOf } from '#tests/support/payments/given'
import { startSandboxPayments } from '#tests/support/payments/sandbox_payments'
import { runAce } from '#tests/support/processes'
import { resetDatabase } from '#tests/support/database'

test.group('Payments | operating them', (group) => {
  let world: Awaited<ReturnType<typeof startSandboxPayments>>

  group.each.timeout(60_000)
  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    world = await startSandboxPayments()
    return () => world.stop()
  })

  async function givenPaidAtProvider() {
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id))
    world.sandbox.cryptoPay.pay(Number(invoice.providerInvoiceId))
    return { customer, invoice }
  }

  test('payments:poll asks for what is open; payments:reconcile finds what is left', async ({ assert }) => {
    const { invoice } = await givenPaidAtProvider()
    const env = {
      ...world.sandbox.services,
      TELEGRAM_BOT_TOKEN: world.sandbox.token,
      TELEGRAM_API_ROOT: world.sandbox.url,
    }
    const polled = await runAce(['payments:poll'], { env })
    assert.equal(polled.exitCode, 0, polled.output)
    assert.include(polled.output, `${invoice.reference} crypto_pay: credited`)

    const clean = await runAce(['payments:reconcile'], { env })
    assert.equal(clean.exitCode, 0, clean.output)
    const second = valueOf(await createInvoice(invoice.customerId))
    await Invoice.query().where('id', second.id).update({ status: 'expired', next_poll_at: null })
    world.sandbox.cryptoPay.pay(Number(second.providerInvoiceId))
    const found = await runAce(['payments:reconcile', '--days=1'], { env })
    assert.equal(found.exitCode, 1)
    assert.include(found.output, second.reference)
    assert.include(found.output, 'late by crypto_pay waits in the reconciliation inbox')
  })

  test('breaker:reset closes what is open and names what it does not know', async ({ assert }) => {
    const reset = await runAce(['breaker:reset', 'crypto_pay'], { env: world.sandbox.services })
    assert.equal(reset.exitCode, 0, reset.output)
    assert.lengthOf(await db.from('breaker_resets').where('name', 'crypto_pay'), 1)
    const unknown = await runAce(['breaker:reset', 'paypal'])
    assert.equal(unknown.exitCode, 1)
    assert.include(unknown.output, 'There is no provider "paypal"')
  })

  test('a customer who is anonymised leaves sums and no words of providers', async ({ assert }) => {
    await givenPurpose()
    const { customer, invoice } = await givenPaidAtProvider()
    await world.sandbox.webhooks.settled()
    await world.process()
    const anonymise = await app.container.make(AnonymiseCustomer)
    await anonymise.handle({ customerId: customer.id, actor: { type: 'admin', id: 1, name: 'Owner' } })
    await invoice.refresh()
    assert.isNull(invoice.payload)
    assert.equal(String(invoice.money), '10.000000000 TON')
    const [event] = await db.from('webhook_events')
    assert.equal(event.body, '')
  })

  test('the timeline of a customer shows their invoices, and health what waits', async ({ assert }) => {
    const { customer, invoice } = await givenPaidAtProvider()
    const ask = await app.container.make(AskProvider)
    await ask.handle(invoice.id)
    const [item] = await new PaymentsTimeline().items(customer.id, Number.MAX_SAFE_INTEGER, 10)
    assert.include(item.title, 'Paid 10.00')
    assert.deepEqual(item.link, { route: 'admin.payments.show', params: [invoice.reference] })

    await world.sandbox.webhooks.settled()
    const check = await app.container.make(PaymentCheck)
    const finding = await check.check()
    assert.equal(finding.status, 'healthy')
    assert.containSubset(finding.details, { crypto_pay: 'closed', webhooks_waiting: 1, to_settle: 0 })
  })
})
