import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { Settings } from '#core/contracts/settings'
import ExchangeRate from '#payments/models/exchange_rate'
import WebhookEvent from '#payments/models/webhook_event'
import { waysEnabled } from '#payments/settings'
import { wrapBody } from '#payments/webhooks/webhook_body'
import { givenPayments } from '#tests/support/payments/given'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'

const PATH = '/admin/payments/providers'
const RATE = { base: 'TON', quote: 'USD', rate: '3.25', hours: '24', reason: 'The providers are off' }

test.group('Providers and rates in the panel', (group) => {
  let given: ReturnType<typeof givenPayments>

  group.each.setup(async () => {
    await resetDatabase()
    given = givenPayments()
    const settings = await app.container.make(Settings)
    settings.forget()
    return () => {
      settings.forget()
      given.restore()
    }
  })

  const audited = async (action: string) => {
    const entries = await db.from('audit_entries').where('action', action)
    return entries.length
  }

  test('each way of paying is shown as it stands', async ({ client, assert }) => {
    const page = await loginAs(client.get(PATH), await createAdmin({ role: 'read-only' }))
    for (const text of ['Crypto Pay', 'Heleket', 'not configured', 'Circuit breaker']) assert.include(page.text(), text)
    assert.notInclude(page.text(), '/switch"')
  })

  test('a way of paying is switched off and on again, audited', async ({ client, assert }) => {
    const admin = await createAdmin()
    const settings = await app.container.make(Settings)
    const put = (to: string) => loginAs(client.post(`${PATH}/crypto_pay/switch`).form({ to }).redirects(0), admin)
    const response = await put('off')
    response.assertFlashMessage('success', 'Crypto Pay is off: it takes no new invoices.')
    assert.isFalse(await settings.get(waysEnabled.crypto_pay))
    const page = await loginAs(client.get(PATH), admin)
    assert.include(page.text(), 'switched off')

    await put('on')
    assert.isTrue(await settings.get(waysEnabled.crypto_pay))
    assert.equal(await audited('settings.changed'), 2)
  })

  test('a breaker is reset, audited; a provider that is none is not found', async ({ client, assert }) => {
    const admin = await createAdmin()
    const response = await loginAs(client.post(`${PATH}/crypto_pay/breaker`).redirects(0), admin)
    response.assertFlashMessage('success', 'The breaker of Crypto Pay is closed again in all processes.')
    assert.equal(await audited('breaker.reset'), 1)
    const missing = await loginAs(client.post(`${PATH}/paypal/breaker`).redirects(0), admin)
    missing.assertStatus(404)
  })

  test('a rate set by hand holds for a while, stands in the history, and is dropped', async ({ client, assert }) => {
    const admin = await createAdmin({ role: 'finance', fullName: 'Mira Novak' })
    await loginAs(client.post('/admin/payments/rates').form(RATE).redirects(0), admin)

    const rate = await ExchangeRate.firstOrFail()
    assert.deepEqual([rate.rate, rate.expiresAt], ['3.25', given.clock.now() + 24 * 3_600_000])
    const page = await loginAs(client.get(PATH), admin)
    for (const text of ['TON / USD', '3.25', 'by hand', 'The providers are off', 'Mira Novak set TON/USD to 3.25']) {
      assert.include(page.text(), text)
    }
    const form = { base: 'TON', quote: 'USD' }
    const request = client.post('/admin/payments/rates?_method=DELETE').form(form).redirects(0)
    const response = await loginAs(request, admin)
    response.assertFlashMessage('success', "The providers' rate counts again.")
    assert.lengthOf(await ExchangeRate.all(), 0)
  })

  test('a rate that is wrong is told at its field')
    .with([
      { field: 'rate', form: { ...RATE, rate: '0' } },
      { field: 'rate', form: { ...RATE, rate: '3,25' } },
      { field: 'rate', form: { ...RATE, rate: '1e9' } },
      { field: 'hours', form: { ...RATE, hours: '0' } },
      { field: 'hours', form: { ...RATE, hours: 'long' } },
      { field: 'quote', form: { ...RATE, quote: 'TON' } },
      { field: 'base', form: { ...RATE, base: 'EUR' } },
      { field: 'reason', form: { ...RATE, reason: ' ' } },
    ])
    .run(async ({ client, assert }, { field, form }) => {
      const response = await loginAs(client.post('/admin/payments/rates').form(form).redirects(0), await createAdmin())
      assert.property(response.flashMessage('inputErrorsBag'), field)
      assert.lengthOf(await ExchangeRate.all(), 0)
    })

  test('a webhook is replayed from its page, audited; one that waits is not', async ({ client, assert }) => {
    const keys = await app.container.make(KeyWrapper)
    const now = given.clock.now()
    const event = await WebhookEvent.create({
      ...{ provider: 'crypto_pay', eventKey: 'a', deliveries: 1, attempts: 1, receivedAt: now, lastReceivedAt: now },
      ...{ processedAt: now, effect: 'nothing', body: wrapBody(keys, Buffer.from('{}')) },
    })
    const admin = await createAdmin()
    const replay = () => loginAs(client.post(`/admin/payments/webhooks/${event.id}/replays`).redirects(0), admin)
    const page = await loginAs(client.get(`/admin/payments/webhooks/${event.id}`), admin)
    assert.include(page.text(), 'nothing is credited twice')

    const response = await replay()
    assert.isString(response.flashMessage('success'))
    await event.refresh()
    assert.isNull(event.processedAt)
    assert.equal(await audited('webhook_event.replayed'), 1)
    const again = await replay()
    assert.isString(again.flashMessage('error'))
  })
})
