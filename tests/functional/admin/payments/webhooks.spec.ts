import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import WebhookEvent from '#payments/models/webhook_event'
import { wrapBody } from '#payments/webhooks/webhook_body'
import { createInvoice, givenCustomer, givenPayments, valueOf } from '#tests/support/payments/given'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'

test.group('The webhook journal', (group) => {
  let given: ReturnType<typeof givenPayments>

  group.each.setup(async () => {
    await resetDatabase()
    given = givenPayments()
    return () => given.restore()
  })

  async function givenEvent(body: string, columns: Partial<WebhookEvent> = {}) {
    const keys = await app.container.make(KeyWrapper)
    const now = given.clock.now()
    const row = { provider: 'crypto_pay', eventKey: `invoice:${body.length}`, deliveries: 1, attempts: 0 } as const
    const moments = { receivedAt: now, lastReceivedAt: now }
    return WebhookEvent.create({ ...row, ...moments, body: wrapBody(keys, Buffer.from(body)), ...columns })
  }

  test('shows the body as it came, escaped and set out, with verdict and effect', async ({ client, assert }) => {
    const body = '{"update_id":1,"payload":{"note":"<script>alert(1)</script>","name":"Олена"}}'
    const event = await givenEvent(body, { effect: 'credited', processedAt: given.clock.now(), deliveries: 3 })
    const page = await loginAs(client.get(`/admin/payments/webhooks/${event.id}`), await createAdmin())

    for (const text of ['genuine', 'credited', 'Олена', '&quot;update_id&quot;: 1', '&lt;script&gt;']) {
      assert.include(page.text(), text)
    }
    assert.notInclude(page.text(), '<script>alert')
  })

  test('a body that is no JSON is shown as text', async ({ client, assert }) => {
    const event = await givenEvent('not { json', { effect: 'unreadable' })
    const page = await loginAs(client.get(`/admin/payments/webhooks/${event.id}`), await createAdmin())
    assert.include(page.text(), 'not { json')
    assert.include(page.text(), 'not what the provider')
  })

  test('the list is filtered by provider, effect and invoice, and searched', async ({ client, assert }) => {
    const customer = await givenCustomer()
    const invoice = valueOf(await createInvoice(customer.id))
    const mine = await givenEvent('{}', { effect: 'credited', invoiceId: invoice.id })
    const other = await givenEvent('{"a":1}', { provider: 'heleket', eventKey: 'uuid:paid' })
    const admin = await createAdmin()
    const list = async (qs: object) => {
      const response = await loginAs(client.get('/admin/payments/webhooks').qs(qs), admin)
      response.assertStatus(200)
      return response.text()
    }
    const shows = (text: string, { id }: WebhookEvent) => text.includes(`/admin/payments/webhooks/${id}"`)

    for (const qs of [
      { effect: 'credited' },
      { provider: 'crypto_pay' },
      { q: invoice.reference },
      { invoice: invoice.id },
    ]) {
      const text = await list(qs)
      assert.deepEqual([shows(text, mine), shows(text, other)], [true, false], JSON.stringify(qs))
    }
    assert.isTrue(shows(await list({ effect: 'waiting' }), other))
    assert.include(await list({ provider: 'heleket', format: 'csv' }), 'uuid:paid')
    const page = await loginAs(client.get(`/admin/payments/${invoice.reference}`), admin)
    assert.include(page.text(), `/admin/payments/webhooks/${mine.id}`)
  })
})
