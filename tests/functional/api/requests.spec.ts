import { request as httpRequest } from 'node:http'
import { once } from 'node:events'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { CustomerFactory } from '#database/factories/customer_factory'
import ChainOperation from '#chain/models/chain_operation'
import { Clock } from '#core/clock'
import RaffleEntry from '#raffles/models/raffle_entry'
import { CurrentRaffleQuery } from '#raffles/queries/current_raffle_query'
import { EnterRaffle } from '#raffles/actions/enter_raffle'
import { RequestJournal } from '#staff/api_keys/request_journal'
import ApiRequest from '#staff/models/api_request'
import { PruneApiRecords } from '#staff/ticks/prune_api_records'
import { callApi, type Answer } from '#tests/support/api/client'
import { differencesFromDocument } from '#tests/support/api/document'
import { givenKey } from '#tests/support/api/keys'
import { givenRaffle } from '#tests/support/api/raffle_world'
import { resetDatabase } from '#tests/support/database'
import { forgetLimits } from '#tests/support/limits'
import { HOUR, MINUTE, TestClock } from '#tests/support/test_clock'

const ENTER = '/api/raffle/enter'
const MEGABYTE = 1024 * 1024

test.group('Requests of the API', (group) => {
  let world: Awaited<ReturnType<typeof givenRaffle>>
  let token: string
  let clock: TestClock

  group.each.setup(() => resetDatabase())
  group.each.setup(() => forgetLimits())
  group.each.setup(async () => {
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    world = await givenRaffle()
    const made = await givenKey()
    token = made.token
    return () => {
      app.container.restore(Clock)
      world.restore()
    }
  })

  const enter = (key: string, tgId: unknown = world.customer.telegramId) =>
    callApi('POST', ENTER, { token, body: { tg_id: tgId }, headers: { 'idempotency-key': key } })

  /** Until nothing is being worked on any more, as a program does. */
  async function enterUntilAnswered(key: string): Promise<Answer> {
    const answer = await enter(key)
    return answer.body.code === 'idempotency_key_in_progress' ? enterUntilAnswered(key) : answer
  }

  test('given the same key many times at once, then there is one effect, and all get its answer', async ({
    assert,
  }) => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter('order-1')))
    assert.lengthOf(await RaffleEntry.all(), 1)
    assert.lengthOf(await ChainOperation.all(), 1)
    const first = answers.filter(({ status, headers }) => status === 202 && !headers.has('idempotency-replayed'))
    assert.lengthOf(first, 1)
    const others = answers.filter((answer) => answer !== first[0])
    for (const { status, headers, body } of others) {
      if (status === 202) assert.deepEqual(body, first[0].body)
      else assert.deepEqual([status, body.code, headers.get('retry-after')], [409, 'idempotency_key_in_progress', '1'])
    }
    const later = await enterUntilAnswered('order-1')
    assert.deepEqual([later.status, later.headers.get('idempotency-replayed')], [202, 'true'])
    assert.deepEqual(later.body, first[0].body)
  })

  test('given the same key for another body or another route, then it is refused', async ({ assert }) => {
    await enter('order-1')
    const other = await CustomerFactory.create()
    const body = await enter('order-1', other.telegramId)
    assert.deepEqual([body.status, body.body.code], [422, 'idempotency_key_reused'])
    const route = await callApi('POST', '/api/wallet/generate', {
      token,
      body: { tg_id: world.customer.telegramId },
      headers: { 'idempotency-key': 'order-1' },
    })
    assert.deepEqual([route.status, route.body.code], [422, 'idempotency_key_reused'])
    assert.lengthOf(await RaffleEntry.all(), 1)
  })

  test('given two programs with the same key, then each has its own', async ({ assert }) => {
    await enter('order-1')
    const other = await givenKey()
    const customer = await CustomerFactory.create()
    const { status } = await callApi('POST', ENTER, {
      token: other.token,
      body: { tg_id: customer.telegramId },
      headers: { 'idempotency-key': 'order-1' },
    })
    assert.equal(status, 202)
    assert.lengthOf(await RaffleEntry.all(), 2)
  })

  test('a refusal is an answer as well: it stays', async ({ assert }) => {
    world.contract.balance = 0n
    const refused = await enter('order-1')
    world.contract.balance = 25_000_000n
    const again = await enter('order-1')
    assert.deepEqual([refused.status, refused.body], [again.status, again.body])
    assert.equal(again.body.code, 'insufficient_usdt')
    assert.include(again.headers.get('content-type'), 'application/problem+json')
    const anew = await enter('order-2')
    assert.equal(anew.status, 202)
  })

  test('given a failure of ours, then the same key may ask again, and the action knows it', async ({
    assert,
    cleanup,
  }) => {
    const keys: string[] = []
    app.container.swap(EnterRaffle, () => ({ run: async ({ key }: { key: string }) => fail(keys, key) }) as any)
    cleanup(() => app.container.restore(EnterRaffle))
    for (let attempt = 1; attempt <= 2; attempt++) {
      const { status, body } = await enter('order-1')
      assert.deepEqual([status, body.code], [500, 'internal_error'])
      assert.notInclude(JSON.stringify(body), 'the inside')
    }
    assert.lengthOf(keys, 2)
    assert.equal(keys[0], keys[1])
    app.container.restore(EnterRaffle)
    const { status } = await enter('order-1')
    assert.equal(status, 202)
    const entry = await RaffleEntry.firstOrFail()
    assert.equal(entry.key, keys[0])
  })

  test('given a process that died in between, then after a minute one of many takes it up', async ({ assert }) => {
    const journal = await app.container.make(RequestJournal)
    const body = Buffer.from(JSON.stringify({ tg_id: world.customer.telegramId }))
    const { key } = await givenKey()
    const request = { apiKeyId: key.id, key: 'order-1', route: `POST ${ENTER}`, body }
    const died = await journal.begin(request)
    assert.equal(died.state, 'claimed')
    clock.advance(MINUTE - 1)
    const early = await journal.begin(request)
    assert.equal(early.state, 'in_progress')
    clock.advance(1)
    const states = await Promise.all(Array.from({ length: 8 }, () => journal.begin(request)))
    assert.lengthOf(
      states.filter(({ state }) => state === 'claimed'),
      1
    )
  })

  test('given a day has passed, then a key may name something new', async ({ assert }) => {
    await enter('order-1')
    await RaffleEntry.query().update({ status: 'failed' })
    await ChainOperation.query().update({ status: 'failed', finished_at: 1 })
    clock.advance(24 * HOUR - 1)
    const same = await enter('order-1')
    assert.equal(same.headers.get('idempotency-replayed'), 'true')
    clock.advance(1)
    const anew = await enter('order-1')
    assert.deepEqual([anew.status, anew.headers.get('idempotency-replayed')], [202, null])
    assert.lengthOf(await RaffleEntry.all(), 2)
    clock.advance(24 * HOUR + 1)
    const prune = await app.container.make(PruneApiRecords)
    await prune.run(new AbortController().signal)
    assert.lengthOf(await ApiRequest.all(), 0)
  })

  test('a key that can’t be one is refused: {$i}')
    .with(['', 'a'.repeat(256), 'clé'])
    .run(async ({ assert }, key) => {
      const { status, body } = await enter(key)
      assert.deepEqual([status, body.code], [422, 'idempotency_key_invalid'])
      assert.lengthOf(await RaffleEntry.all(), 0)
    })

  test('a body is refused when it is {what}')
    .with([
      { what: 'malformed', body: '{"tg_id":', status: 400, code: 'body_malformed' },
      { what: 'not UTF-8', body: 'BYTES', status: 400, code: 'body_malformed' },
      { what: 'no object', body: '[1]', status: 422, code: 'body_not_object' },
      { what: 'null', body: 'null', status: 422, code: 'body_not_object' },
      {
        what: 'a form',
        body: 'tg_id=1',
        type: 'application/x-www-form-urlencoded',
        status: 415,
        code: 'body_not_json',
      },
      { what: 'a patch', body: '{}', type: 'application/json-patch+json', status: 415, code: 'body_not_json' },
      { what: 'too large', body: `"${'a'.repeat(MEGABYTE)}"`, status: 413, code: 'body_too_large' },
      { what: 'missing', body: '', status: 422, code: 'validation_failed' },
    ])
    .run(async ({ assert }, { body, type = 'application/json', status, code }) => {
      const bytes = body === 'BYTES' ? Buffer.from([0x22, 0xff, 0x22]) : Buffer.from(body)
      const answer = await raw('POST', ENTER, { authorization: `Bearer ${token}`, 'content-type': type }, bytes)
      assert.equal(answer.status, status)
      assert.equal(JSON.parse(answer.bytes.toString()).code, code)
    })

  test('one megabyte is taken', async ({ assert }) => {
    const start = `{"tg_id":${world.customer.telegramId},"note":"`
    const body = `${start}${'a'.repeat(MEGABYTE - start.length - 2)}"}`
    assert.lengthOf(Buffer.from(body), MEGABYTE)
    const { status } = await callApi('POST', ENTER, { token, body })
    assert.equal(status, 202)
  })

  test('large answers are compressed for whoever can read that, small ones are not', async ({ assert }) => {
    const ask = (accepted: string) => raw('GET', '/api/openapi.json', { 'accept-encoding': accepted })
    const plain = await ask('identity')
    assert.isUndefined(plain.headers['content-encoding'])
    for (const [accepted, expected, decompress] of [
      ['gzip', 'gzip', gunzipSync],
      ['br, gzip', 'br', brotliDecompressSync],
    ] as const) {
      const { headers, bytes } = await ask(accepted)
      assert.equal(headers['content-encoding'], expected)
      assert.match(headers.vary as string, /accept-encoding/i)
      assert.isBelow(bytes.length, plain.bytes.length / 2)
      assert.deepEqual(JSON.parse(decompress(bytes).toString()), JSON.parse(plain.bytes.toString()))
    }
    const small = await raw('GET', '/api/raffle/status', { 'accept-encoding': 'gzip' })
    assert.isUndefined(small.headers['content-encoding'])
  })

  test('an address that leads nowhere is a problem, not a page', async ({ assert }) => {
    const { status, headers, body } = await callApi('GET', '/api/raffle/nothing', { headers: { accept: 'text/html' } })
    assert.deepEqual([status, body.code], [404, 'not_found'])
    assert.include(headers.get('content-type'), 'application/problem+json')
    const entry = await callApi('GET', '/api/raffle/entries/0000000000', { token })
    assert.deepEqual([entry.status, entry.body.code], [404, 'entry_not_found'])
    assert.deepEqual(differencesFromDocument('GET', '/api/raffle/entries/{id}', 404, entry.body), [])
  })

  test('a failure of ours tells its id and nothing of the inside', async ({ assert, cleanup }) => {
    app.container.swap(CurrentRaffleQuery, () => ({ run: async () => fail([], '') }) as any)
    cleanup(() => app.container.restore(CurrentRaffleQuery))
    const { status, body, headers } = await callApi('GET', '/api/raffle/status', { token })
    assert.deepEqual([status, body.code], [500, 'internal_error'])
    assert.equal(body.request_id, headers.get('x-request-id'))
    assert.notInclude(JSON.stringify(body), 'the inside')
  })

  test('the panel’s sessions and forms have nothing to do with it', async ({ assert }) => {
    const { status, headers } = await callApi('POST', ENTER, {
      token,
      body: { tg_id: world.customer.telegramId, _csrf: 'no' },
      headers: { cookie: 'kontora-session=abc' },
    })
    assert.equal(status, 202)
    assert.isNull(headers.get('set-cookie'))
    assert.isNull(headers.get('content-security-policy'))
  })
})

function fail(keys: string[], key: string): never {
  keys.push(key)
  throw new Error('Words of the inside: the inside')
}

async function raw(method: string, path: string, headers: Record<string, string>, body?: Buffer) {
  const { HOST: host, PORT: port } = process.env
  const request = httpRequest({ host, port, path, method, headers })
  request.on('error', () => {})
  request.end(body)
  const [response] = await once(request, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return { status: response.statusCode as number, headers: response.headers, bytes: Buffer.concat(chunks) }
}
