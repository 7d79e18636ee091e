import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { CreateApiKey } from '#staff/actions/create_api_key'
import { RevokeApiKey } from '#staff/actions/revoke_api_key'
import { UpdateApiKey } from '#staff/actions/update_api_key'
import { REQUESTS_A_MINUTE } from '#staff/api_keys/rate'
import { API_SCOPES, type ApiScope } from '#staff/api_keys/scopes'
import ApiKey from '#staff/models/api_key'
import SecurityEvent from '#staff/models/security_event'
import { callApi } from '#tests/support/api/client'
import { differencesFromDocument } from '#tests/support/api/document'
import { givenKey, OLENA, taken } from '#tests/support/api/keys'
import { resetDatabase } from '#tests/support/database'
import { forgetLimits } from '#tests/support/limits'

const STATUS = '/api/raffle/status'

const ROUTES: Array<{ route: string; scopes: ApiScope[] }> = [
  { route: 'POST /api/wallet/generate', scopes: ['wallet'] },
  { route: 'GET /api/wallet/balance/1', scopes: ['wallet'] },
  { route: 'POST /api/raffle/enter', scopes: ['raffle.enter'] },
  { route: 'GET /api/raffle/status', scopes: ['raffle.read'] },
  { route: 'GET /api/raffle/entries', scopes: ['raffle.read'] },
  { route: 'GET /api/raffle/entries/0000000000', scopes: ['raffle.read', 'raffle.enter'] },
  { route: 'GET /api/raffle/winners', scopes: ['raffle.read'] },
  { route: 'POST /api/raffle/draw', scopes: ['raffle.draw'] },
  { route: 'GET /api/user/stats/1', scopes: ['raffle.read'] },
]

test.group('API keys', (group) => {
  group.each.setup(() => resetDatabase())
  group.each.setup(() => forgetLimits())

  const refusals = async () => {
    const events = await SecurityEvent.query().where('kind', 'api_key.refused').orderBy('id')
    return events.map(({ subject, details }) => [subject, details.reason])
  }

  test('a key opens what its scopes name, and nothing of it is kept but a hash', async ({ assert }) => {
    const { key, token } = await givenKey({ scopes: ['raffle.read'] })
    const { status, headers } = await callApi('GET', STATUS, { token })
    assert.equal(status, 200)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.isNull(headers.get('set-cookie'))
    await key.refresh()
    assert.isNotNull(key.lastUsedAt)
    const kept = JSON.stringify([await db.from('api_keys'), await db.from('audit_entries')])
    assert.notInclude(kept, token.slice(key.prefix.length + 1))
    assert.lengthOf(Buffer.from(token.slice(key.prefix.length + 1), 'base64url'), 32)
  })

  for (const { route, scopes } of ROUTES) {
    const [method, path] = route.split(' ')

    test(`${route} without a key: 401`, async ({ assert }) => {
      const { status, headers, body } = await callApi(method, path)
      assert.deepEqual([status, body.code, headers.get('www-authenticate')], [401, 'token_missing', 'Bearer'])
      assert.include(headers.get('content-type'), 'application/problem+json')
    })

    test(`${route} with all scopes but ${scopes.join(' and ')}: 403`, async ({ assert }) => {
      const { token } = await givenKey({ scopes: API_SCOPES.filter((scope) => !scopes.includes(scope)) })
      const { status, body } = await callApi(method, path, { token })
      assert.deepEqual([status, body.code], [403, 'scope_missing'])
    })

    test(`${route} with each of its scopes alone gets in`, async ({ assert }) => {
      for (const scope of scopes) {
        const { token } = await givenKey({ scopes: [scope] })
        const { status } = await callApi(method, path, { token })
        assert.notInclude([401, 403], status)
      }
    })
  }

  test('given a key that does not open, then it is refused and admins can see it', async ({ assert }) => {
    const { key, token } = await givenKey()
    const last = token.at(-1) === 'A' ? 'B' : 'A'
    const wrong = [token.slice(0, -1) + last, 'kontora_00000000_' + 'A'.repeat(43), 'something else', `${token}A`]
    for (const one of wrong) {
      const { status, body } = await callApi('GET', STATUS, { token: one })
      assert.equal(status, 401)
      assert.deepEqual(differencesFromDocument('GET', STATUS, 401, body), [])
    }
    const events = await refusals()
    const subjects = new Set(events.map(([subject]) => subject))
    assert.deepEqual([...subjects], [key.prefix, 'unknown'], 'however many are made up')
    assert.notInclude(JSON.stringify(await SecurityEvent.all()), token.slice(-20, -1))
  })

  test('given a revoked key, then the next request is refused', async ({ assert }) => {
    const { key, token } = await givenKey()
    const revoke = await app.container.make(RevokeApiKey)
    taken(await revoke.handle({ apiKeyId: key.id, actor: OLENA }))
    const { status, body } = await callApi('GET', STATUS, { token })
    assert.deepEqual([status, body.code], [401, 'api_key_revoked'])
    assert.deepEqual(await refusals(), [[key.prefix, 'api_key_revoked']])
    const again = await revoke.handle({ apiKeyId: key.id, actor: OLENA })
    assert.containsSubset(again, { refusal: { code: 'api_key_revoked' } })
  })

  test('given a list of addresses, then a key opens from there only', async ({ assert }) => {
    const { key, token } = await givenKey({ allowedIps: ['203.0.113.0/24'] })
    const { status, body } = await callApi('GET', STATUS, { token })
    assert.deepEqual([status, body.code], [403, 'api_key_address'])
    assert.deepEqual(await refusals(), [[key.prefix, 'api_key_address']])

    const update = await app.container.make(UpdateApiKey)
    const allowedIps = ['203.0.113.0/24', '127.0.0.0/8', '::1']
    taken(await update.handle({ apiKeyId: key.id, name: 'Shop', scopes: ['raffle.read'], allowedIps, actor: OLENA }))
    const allowed = await callApi('GET', STATUS, { token })
    assert.equal(allowed.status, 200)
  })

  test('given a hundred requests, then the next within the minute are refused, and another key is not', async ({
    assert,
  }) => {
    const { token } = await givenKey()
    const statuses: number[] = []
    for (let batch = 0; batch < REQUESTS_A_MINUTE / 10; batch++) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => callApi('GET', STATUS, { token })))
      statuses.push(...answers.map(({ status }) => status))
    }
    assert.deepEqual([...new Set(statuses)], [200])
    const refused = await Promise.all(Array.from({ length: 3 }, () => callApi('GET', STATUS, { token })))
    assert.deepEqual(
      refused.map(({ status }) => status),
      [429, 429, 429]
    )
    const [{ headers, body }] = refused
    assert.deepEqual(differencesFromDocument('GET', STATUS, 429, body), [])
    assert.isAtLeast(Number(headers.get('retry-after')), 1)
    assert.isAtMost(Number(headers.get('retry-after')), 60)
    const other = await givenKey()
    const free = await callApi('GET', STATUS, { token: other.token })
    assert.deepEqual([free.status, free.headers.get('x-ratelimit-remaining')], [200, '99'])
  })

  test('a key is not made: {code}')
    .with([
      { input: { name: ' ' }, code: 'name_required' },
      { input: { scopes: [] }, code: 'scope_required' },
      { input: { allowedIps: ['10.0.0.0/33'] }, code: 'network_invalid' },
      { input: { allowedIps: ['example.org'] }, code: 'network_invalid' },
      { input: { allowedIps: new Array(51).fill('10.0.0.1') }, code: 'networks_too_many' },
    ])
    .run(async ({ assert }, { input, code }) => {
      const create = await app.container.make(CreateApiKey)
      const whole = { name: 'Shop', scopes: ['wallet' as const], allowedIps: [] as string[], ...input }
      assert.containsSubset(await create.handle(whole, OLENA), { ok: false, refusal: { code } })
      assert.lengthOf(await ApiKey.all(), 0)
    })
})
