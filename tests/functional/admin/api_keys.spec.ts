import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import limiter from '@adonisjs/limiter/services/main'
import db from '@adonisjs/lucid/services/db'
import ApiKey from '#staff/models/api_key'
import WebhookDelivery from '#staff/models/webhook_delivery'
import { callApi } from '#tests/support/api/client'
import { emit, entryConfirmed } from '#tests/support/api/events'
import { givenKey, givenListener } from '#tests/support/api/keys'
import { resetDatabase } from '#tests/support/database'
import { ADMIN_PASSWORD, createAdmin } from '#tests/support/staff'
import { Visitor } from '#tests/support/visitor'

const TOKEN = /kontora_[0-9A-Z]{8}_[\w-]{43}/
const SECRET = /whsec_[\w+/=]+/

const form = { name: 'Shop', allowed_ips: '10.0.0.0/8\n127.0.0.1, ::1', scope_raffle_read: 'on', scope_wallet: 'on' }

/** An owner's browser. */
async function givenOwner(client: ApiClient) {
  const owner = await createAdmin()
  const visitor = new Visitor(client)
  await visitor.post('/admin/login', { email: owner.email, password: ADMIN_PASSWORD })
  const send = async (path: string, fields: Record<string, unknown> = {}) => {
    const response = await visitor.post(path, fields)
    const page = await visitor.get(response.header('location')!)
    return page.text()
  }
  const read = async (path: string) => {
    const page = await visitor.get(path)
    return page.text()
  }
  return { owner, send, read }
}

test.group('API keys in the panel', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    await limiter.clear()
  })

  test('given a form, when it is sent, then the key is shown once and opens', async ({ client, assert }) => {
    const { owner, send, read } = await givenOwner(client)
    const [token] = TOKEN.exec(await send('/admin/api/keys', form))!
    const key = await ApiKey.firstOrFail()
    assert.containsSubset(key.serialize(), {
      name: 'Shop',
      scopes: ['raffle.read', 'wallet'],
      allowedIps: ['10.0.0.0/8', '127.0.0.1', '::1'],
      createdByName: owner.fullName,
    })
    const opened = await callApi('GET', '/api/raffle/status', { token })
    assert.equal(opened.status, 200)
    assert.notInclude(JSON.stringify(await db.from('sessions').select('data')), token)
    const again = await read(`/admin/api/keys/${key.id}`)
    assert.notMatch(again, TOKEN)
    assert.include(again, key.prefix)
  })

  test('a form without a scope or with a wrong network is shown again with the reason', async ({ client, assert }) => {
    const { send } = await givenOwner(client)
    const none = await send('/admin/api/keys', { name: 'Shop' })
    assert.include(none, 'Choose at least one thing')
    assert.include(none, 'value="Shop"')
    const wrong = await send('/admin/api/keys', { ...form, allowed_ips: '10.0.0.0/99' })
    assert.include(wrong, '10.0.0.0/99 is neither')
    assert.lengthOf(await ApiKey.all(), 0)
  })

  test('given a key, when it is changed and revoked, then it is so at once', async ({ client, assert }) => {
    const { send } = await givenOwner(client)
    const { key, token } = await givenKey()
    await send(`/admin/api/keys/${key.id}?_method=PUT`, { name: 'Till', allowed_ips: '', scope_raffle_draw: 'on' })
    await key.refresh()
    assert.deepEqual([key.name, key.scopes, key.allowedIps], ['Till', ['raffle.draw'], []])
    const page = await send(`/admin/api/keys/${key.id}/revocation`)
    assert.include(page, 'The key is revoked')
    const { status } = await callApi('GET', '/api/raffle/status', { token })
    assert.equal(status, 401)
  })

  test('given a webhook, then its secret is shown once, and a new one on demand', async ({ client, assert }) => {
    const { send } = await givenOwner(client)
    const { key } = await givenKey()
    const webhook = { webhook_url: 'https://shop.example/hook?token=abc', event_raffle_winner_picked: 'on' }
    const path = `/admin/api/keys/${key.id}/webhook`
    const [secret] = SECRET.exec(await send(`${path}?_method=PUT`, webhook))!
    await key.refresh()
    assert.deepEqual([key.webhookUrl, key.webhookEvents], [webhook.webhook_url, ['raffle.winner_picked']])
    assert.notInclude(key.webhookSecret!, secret)
    assert.notMatch(await send(`${path}?_method=PUT`, webhook), SECRET)
    const [renewed] = SECRET.exec(await send(`${path}-secret`))!
    assert.notEqual(renewed, secret)
    const audit = JSON.stringify(await db.from('audit_entries'))
    assert.notMatch(audit, SECRET)
    assert.notInclude(audit, 'token=abc')
  })

  test('given a delivery, then the journal tells how it went, and it can be told again', async ({ client, assert }) => {
    const { send, read } = await givenOwner(client)
    const { key } = await givenListener('https://shop.example/hook?token=abc')
    await emit(entryConfirmed(1))
    const delivery = await WebhookDelivery.firstOrFail()
    await delivery.merge({ status: 'failed', error: 'It answered 500', nextAttemptAt: null, attempts: 9 }).save()

    assert.include(await read(`/admin/api/deliveries?status=failed&key=${key.id}`), 'It answered 500')
    const shown = await read(`/admin/api/deliveries/${delivery.id}`)
    assert.include(shown, 'shop.example')
    assert.notInclude(shown, 'token=abc')
    assert.include(shown, 'ABCDEFGH12')
    await send(`/admin/api/deliveries/${delivery.id}/replays`)
    await delivery.refresh()
    assert.deepEqual([delivery.status, delivery.attempts, delivery.error], ['waiting', 0, null])
    assert.include(await read('/admin/api/deliveries?format=csv'), 'raffle.entry_confirmed')
  })
})
