import { once } from 'node:events'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock, SystemClock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import { AskProvider } from '#payments/actions/ask_provider'
import { ReceiveWebhook } from '#payments/actions/receive_webhook'
import { SendRefund } from '#payments/actions/send_refund'
import { RefundBook } from '#payments/refunds/refund_book'
import Invoice from '#payments/models/invoice'
import Refund from '#payments/models/refund'
import WebhookEvent from '#payments/models/webhook_event'
import type { Point, StopInput } from '#tests/functional/payments/scripts/stop_at'
import { cryptoWebhook } from '#tests/support/payments/webhooks'
import { startSandboxPayments } from '#tests/support/payments/sandbox_payments'
import { createInvoice, givenCustomer, givenPurpose, systemBalance, valueOf } from '#tests/support/payments/given'
import { resetDatabase } from '#tests/support/database'
import { endProcess, startScript } from '#tests/support/processes'
import { MINUTE } from '#tests/support/test_clock'

const SCRIPT = new URL('scripts/stop_at.ts', import.meta.url)

class LaterClock extends SystemClock {
  now() {
    return super.now() + 5 * MINUTE
  }
}

test.group('Payments of a process that is killed', (group) => {
  let world: Awaited<ReturnType<typeof startSandboxPayments>>

  group.each.timeout(60_000)
  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    world = await startSandboxPayments()
    await givenPurpose()
    return async () => {
      app.container.restore(Clock)
      await world.stop()
    }
  })

  async function killAt(at: Point, input: Omit<StopInput, 'at' | 'services'>) {
    const { child } = startScript(SCRIPT, [{ at, services: world.sandbox.services, ...input }])
    const [message] = await once(child, 'message')
    await endProcess(child, 'SIGKILL')
    return message
  }

  /** Its claim is over for whoever comes now. */
  const later = () => app.container.swap(Clock, () => new LaterClock())

  async function standing() {
    const { CRYPTO_PAY_API_ROOT: root, CRYPTO_PAY_TOKEN: token } = world.sandbox.services
    const response = await fetch(`${root}/api/getInvoices`, { headers: { 'crypto-pay-api-token': token } })
    const { result } = (await response.json()) as { result: { items: unknown[] } }
    return result.items
  }

  test('given a kill {$self}, when the customer asks again, then there is one invoice here and there')
    .with(['before create', 'after create'] as const)
    .run(async ({ assert }, point) => {
      const customer = await givenCustomer()
      assert.deepEqual(await killAt(point, { customerId: customer.id }), { point })
      assert.lengthOf(await standing(), point === 'after create' ? 1 : 0)

      const again = { purpose: 'test_order', key: 'once' }
      const early = await createInvoice(customer.id, again)
      assert.equal(early.ok ? null : early.refusal.code, 'invoice_in_preparation')
      later()
      const invoice = valueOf(await createInvoice(customer.id, again))
      assert.equal(invoice.status, 'pending')
      assert.isNotNull(invoice.payUrl)
      assert.lengthOf(await standing(), 1)
      assert.lengthOf(await Invoice.all(), 1)
    })

  test('given a kill after the invoice was made, when it is paid before anybody asks, then it is credited', async ({
    assert,
  }) => {
    const customer = await givenCustomer()
    await killAt('after create', { customerId: customer.id })
    const [{ invoice_id: id }] = (await standing()) as Array<{ invoice_id: number }>
    world.sandbox.cryptoPay.pay(id)
    await world.sandbox.webhooks.settled()
    const [event] = await WebhookEvent.all()
    if (event) await world.process()
    const invoice = await Invoice.firstOrFail()
    const ask = await app.container.make(AskProvider)
    await ask.handle(invoice.id)
    await invoice.refresh()
    assert.equal(invoice.status, 'paid')
    assert.equal(String(await systemBalance('revenue')), '10.000000000 TON')
  })

  test('given a kill {$self} of a webhook, when it is looked into again, then it is credited once')
    .with(['after fetch', 'while paid'] as const)
    .run(async ({ assert }, point) => {
      const customer = await givenCustomer()
      const invoice = valueOf(await createInvoice(customer.id, { purpose: 'test_order' }))
      world.sandbox.cryptoPay.pay(Number(invoice.providerInvoiceId))
      const token = world.sandbox.services.CRYPTO_PAY_TOKEN
      const { body, signature } = cryptoWebhook(invoice.providerInvoiceId!, invoice.reference, token)
      const receive = await app.container.make(ReceiveWebhook)
      const header = () => signature
      const { id } = valueOf(
        await receive.handle({ provider: 'crypto_pay', body: Buffer.from(body), header, ip: null })
      )

      await killAt(point, { eventId: id })
      await invoice.refresh()
      assert.equal(invoice.status, 'pending')
      await world.process()
      await world.process()
      await invoice.refresh()
      assert.equal(invoice.status, 'paid')
      assert.equal(String(await systemBalance('revenue')), '10.000000000 TON')
      assert.lengthOf(await db.from('ledger_transfers').where('kind', 'purchase'), 1)
    })

  test('given a kill {$self} of a refund, when another process goes on, then it is sent once')
    .with(['before transfer', 'after transfer'] as const)
    .run(async ({ assert }, point) => {
      const customer = await givenCustomer()
      world.sandbox.customer({ id: customer.telegramId, firstName: 'Anna' } as any)
      const invoice = valueOf(await createInvoice(customer.id, { purpose: 'test_order' }))
      world.sandbox.cryptoPay.pay(Number(invoice.providerInvoiceId))
      const ask = await app.container.make(AskProvider)
      await ask.handle(invoice.id)
      const book = await app.container.make(RefundBook)
      const actor = { type: 'admin' as const, id: 1, name: 'Finance' }
      const opened = await transaction(async (trx) => {
        const locked = await Invoice.findOrFail(invoice.id, { client: trx })
        return book.open(trx, {
          invoice: locked,
          breakId: null,
          amount: locked.charge,
          address: null,
          reason: 'r',
          actor,
        })
      })
      const { id } = valueOf(opened)

      await killAt(point, { refundId: id })
      later()
      const send = await app.container.make(SendRefund)
      await send.handle(id)
      const refund = await Refund.findOrFail(id)
      assert.equal(refund.status, 'done')
      await invoice.refresh()
      assert.equal(invoice.status, 'refunded')
      assert.equal(world.sandbox.calls.count('crypto_pay', 'transfer'), point === 'after transfer' ? 2 : 1)
      assert.equal(String(await systemBalance('revenue')), '0.000000000 TON')
    })
})
