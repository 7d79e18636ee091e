import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { webhooksRefused } from '#system/metrics/app_metrics'
import { ProcessWebhookEvent } from '#payments/actions/process_webhook_event'
import { CryptoPay } from '#payments/providers/crypto_pay'
import { Heleket } from '#payments/providers/heleket'
import WebhookEvent from '#payments/models/webhook_event'
import { WebhookSenders } from '#payments/webhooks/webhook_senders'
import { unwrapBody } from '#payments/webhooks/webhook_body'
import { FakeProvider } from '#tests/support/payments/fake_provider'
import { balanceOf, createInvoice, givenCustomer, givenPayments, valueOf } from '#tests/support/payments/given'
import { CRYPTO_TOKEN, cryptoWebhook, HELEKET_KEY, postRaw } from '#tests/support/payments/webhooks'
import { resetDatabase } from '#tests/support/database'

const heleketCases: Array<{ name: string; body: string }> = JSON.parse(
  readFileSync(app.makePath('tests/fixtures/payments/heleket.json'), 'utf8')
).cases

const codes = async () => ({ TON: ['TON'] })
const account = {
  merchant: 'm',
  paymentKey: HELEKET_KEY,
  payoutKey: null,
  apiRoot: 'http://127.0.0.1',
  callbackUrl: null,
}

class SignedProvider extends FakeProvider {
  readonly webhook = new CryptoPay(CRYPTO_TOKEN, 'http://127.0.0.1', codes).webhook
  #ids = 0

  /** Numbers, as Crypto Pay's. */
  async create(order: Parameters<FakeProvider['create']>[0]) {
    const created = await super.create(order)
    const id = String(++this.#ids)
    this.invoices.set(id, { ...this.invoices.get(created.id)!, id })
    this.invoices.delete(created.id)
    return { ...created, id }
  }
}

test.group('Payment webhooks', (group) => {
  group.each.setup(() => resetDatabase())

  function given() {
    const provider = new SignedProvider()
    const { restore } = givenPayments(provider, new Heleket(account, codes))
    return { provider, restore }
  }

  const refused = async (provider: string, reason: string) => {
    const { values } = await webhooksRefused.get()
    return values.find(({ labels }) => labels.provider === provider && labels.reason === reason)?.value ?? 0
  }

  const statusOf = async (path: string, body: string) => {
    const { status } = await postRaw(path, body)
    return status
  }

  const processOnly = async () => {
    const [process, event] = [await app.container.make(ProcessWebhookEvent), await WebhookEvent.firstOrFail()]
    return process.handle(event.id)
  }

  const send = async ({ body, signature }: { body: string; signature: string }) =>
    postRaw('/webhook/cryptobot', body, { 'crypto-pay-api-signature': signature }).then(({ status }) => status)

  test('given a paid invoice, when its webhook comes, then it is stored with a job and credits once', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore } = given()
    cleanup(restore)
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id))
    provider.pay(invoice.providerInvoiceId!)
    const webhook = cryptoWebhook(invoice.providerInvoiceId!, invoice.reference)

    assert.equal(await send(webhook), 200)
    const jobs = await db.from('queue_jobs')
    assert.lengthOf(jobs, 1)
    assert.equal(String(await balanceOf(customer.id)), '0.000000000 TON')

    const event = await WebhookEvent.firstOrFail()
    assert.notInclude(event.body, invoice.reference)
    const process = await app.container.make(ProcessWebhookEvent)
    assert.equal(await process.handle(event.id), 'credited')
    assert.equal(await process.handle(event.id), 'credited')
    assert.equal(await send(webhook), 200)
    await event.refresh()
    assert.equal(event.deliveries, 2)
    assert.lengthOf(await db.from('queue_jobs'), 1)
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
  })

  test('given the same webhook 20 times at once, when all are looked into at once, then it is one row and one credit', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore } = given()
    cleanup(restore)
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id))
    provider.pay(invoice.providerInvoiceId!)
    const webhook = cryptoWebhook(invoice.providerInvoiceId!, invoice.reference)
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(webhook)))
    assert.isTrue(answers.every((status) => status === 200))

    const events = await WebhookEvent.all()
    assert.lengthOf(events, 1)
    assert.equal(events[0].deliveries, 20)
    const process = await app.container.make(ProcessWebhookEvent)
    await Promise.all(Array.from({ length: 10 }, () => process.handle(events[0].id)))
    assert.equal(String(await balanceOf(customer.id)), '10.000000000 TON')
    assert.lengthOf(await db.from('ledger_transfers').where('kind', 'top_up'), 1)
  })

  test('given a claim that the provider does not confirm, when it comes, then nothing moves', async ({
    assert,
    cleanup,
  }) => {
    const { restore } = given()
    cleanup(restore)
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id))
    await send(cryptoWebhook(invoice.providerInvoiceId!, invoice.reference))
    assert.equal(await processOnly(), 'nothing')
    assert.equal(String(await balanceOf(customer.id)), '0.000000000 TON')
  })

  test('given another merchant, a wrong byte or no signature, when it comes, then 401 and nothing is stored', async ({
    assert,
    cleanup,
  }) => {
    const { restore } = given()
    cleanup(restore)
    const before = await refused('crypto_pay', 'forged')
    const { body, signature } = cryptoWebhook('1', 'R')
    const attempts = [
      { body, signature: cryptoWebhook('1', 'R', '20002:AAanother-app').signature },
      { body: body.replace('"10"', '"11"'), signature },
      { body, signature: '' },
    ]
    for (const attempt of attempts) assert.equal(await send(attempt), 401)
    assert.equal(await refused('crypto_pay', 'forged'), before + 3)
    assert.isEmpty(await WebhookEvent.all())
    const [event] = await db.from('security_events')
    assert.equal(event.kind, 'webhook.forged')
    assert.equal(event.subject, 'crypto_pay')
  })

  test('given an invoice that nobody made, when its payment is confirmed, then it waits in the inbox and admins hear', async ({
    assert,
    cleanup,
  }) => {
    const { provider, restore } = given()
    cleanup(restore)
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id))
    const strange = { ...provider.invoices.get(invoice.providerInvoiceId!)!, id: '77', reference: 'NOBODYS' }
    provider.invoices.set('77', strange)
    provider.pay('77')
    await send(cryptoWebhook('77', 'NOBODYS'))
    assert.equal(await processOnly(), 'unknown_invoice')
    const [waiting] = await db.from('payment_breaks')
    assert.equal(waiting.kind, 'unmatched')
    assert.equal(Number(waiting.amount), 10_000_000_000)
    assert.lengthOf(await db.from('admin_alerts').where('kind', 'payments'), 1)
  })

  test('Heleket, {name}: the body is taken as it came and kept byte by byte')
    .with(heleketCases)
    .run(async ({ assert, cleanup }, { body }) => {
      const { restore } = given()
      cleanup(restore)
      assert.equal(await statusOf('/webhook/heleket', body), 200)
      const event = await WebhookEvent.firstOrFail()
      const keys = await app.container.make(KeyWrapper)
      assert.equal(unwrapBody(keys, event.body).toString(), body)
      assert.equal(await statusOf('/webhook/heleket', body.replace('0123456789', '0123456788')), 401)
    })

  test('given an allow-list, when another address delivers, then 401', async ({ assert, cleanup }) => {
    const { restore } = given()
    app.container.swap(WebhookSenders, () => new WebhookSenders({ heleket: ['31.133.220.8'] }))
    cleanup(() => app.container.restore(WebhookSenders))
    cleanup(restore)
    assert.equal(await statusOf('/webhook/heleket', heleketCases[0].body), 401)
    assert.isEmpty(await WebhookEvent.all())
  })

  test('given a body above 1 MB or a way that is off, when it comes, then it is refused', async ({
    assert,
    cleanup,
  }) => {
    const { restore } = given()
    cleanup(restore)
    assert.equal(await statusOf('/webhook/heleket', 'x'.repeat(1_048_577)), 413)
    restore()
    assert.equal(await statusOf('/webhook/cryptobot', '{}'), 404)
  })
})
