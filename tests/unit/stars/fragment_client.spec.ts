import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { test } from '@japa/runner'
import { cookieHeader, parseCookies, refreshed, type Cookies } from '#stars/fulfilment/fragment/cookies'
import { FragmentApi, VerificationNeeded } from '#stars/fulfilment/fragment/fragment_api'
import { FragmentClient } from '#stars/fulfilment/fragment/fragment_client'
import {
  FragmentRefusal,
  FragmentSessionExpired,
  FragmentUnavailable,
} from '#stars/fulfilment/fragment/fragment_errors'

const COOKIES = { stel_ssid: 's1', stel_dt: '-180', stel_token: 't1', stel_ton_token: 'w1' }
const PAGE = '<script>ajInit({"apiUrl":"\\/api?hash=0123456789abcdef"})</script>'
const FACTS = { address: '0:ab', chain: '-239', walletStateInit: 'te6', publicKey: 'cd' }

interface Asked {
  path: string
  cookie: string
  fields: Record<string, string>
}

type Answer = (asked: Asked, response: ServerResponse) => unknown

/** A server that answers each call as the test says; what it was asked is kept. */
async function givenFragment(answer: Answer) {
  const asked: Asked[] = []
  const server = createServer(async (request: IncomingMessage, response) => {
    const fields = Object.fromEntries(new URLSearchParams(await text(request)))
    const call = { path: request.url!, cookie: request.headers.cookie ?? '', fields }
    asked.push(call)
    const body = answer(call, response)
    if (!response.writableEnded) response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const kept: Cookies[] = []
  const onCookies = async (cookies: Cookies) => void kept.push(cookies)
  const client = new FragmentClient({ url: `http://127.0.0.1:${port}`, cookies: COOKIES, onCookies })
  return { api: new FragmentApi(client), client, asked, kept, close: () => void server.close() }
}

const pageOr =
  (body: unknown): Answer =>
  (call) =>
    call.path === '/stars/buy' ? PAGE : body

test.group('Client of Fragment', () => {
  test('reads the hash from the page and calls as a browser does', async ({ assert, cleanup }) => {
    const { api, asked, close } = await givenFragment(pageOr({ ok: true, found: { recipient: 'R1' } }))
    cleanup(close)
    assert.equal(await api.findRecipient('bob', 50), 'R1')
    assert.deepEqual(
      asked.map(({ path }) => path),
      ['/stars/buy', '/api?hash=0123456789abcdef']
    )
    assert.equal(asked[1].cookie, 'stel_ssid=s1; stel_dt=-180; stel_token=t1; stel_ton_token=w1')
    assert.deepEqual(asked[1].fields, { query: 'bob', quantity: '50', method: 'searchStarsRecipient' })
  })

  test('a stale hash is read anew, once', async ({ assert, cleanup }) => {
    let calls = 0
    const { api, asked, close } = await givenFragment(({ path }) =>
      path === '/stars/buy' ? PAGE : ++calls === 1 ? { error: 'Bad request' } : { ok: true, found: { recipient: 'R1' } }
    )
    cleanup(close)
    assert.equal(await api.findRecipient('bob', 50), 'R1')
    assert.lengthOf(asked, 4)
  })

  test('{name} is told by its error')
    .with([
      { name: 'a refusal', body: { error: 'No Telegram users found.' }, type: FragmentRefusal },
      { name: 'a lost session', body: { error: 'Access denied' }, type: FragmentSessionExpired },
      { name: 'a page instead of an answer', body: '<html>', type: FragmentUnavailable },
      { name: 'an answer without what matters', body: { ok: true }, type: FragmentUnavailable },
      { name: 'a recipient that is no text', body: { found: { recipient: { a: 1 } } }, type: FragmentUnavailable },
    ])
    .run(async ({ assert, cleanup }, { body, type }) => {
      const { api, close } = await givenFragment(pageOr(body))
      cleanup(close)
      const error = await api.findRecipient('bob', 50).catch((thrown) => thrown)
      assert.instanceOf(error, type)
    })

  test('the status {status} is told by its error')
    .with([
      { status: 302, type: FragmentSessionExpired },
      { status: 403, type: FragmentSessionExpired },
      { status: 429, type: FragmentUnavailable },
      { status: 500, type: FragmentUnavailable },
    ])
    .run(async ({ assert, cleanup }, { status, type }) => {
      const { api, close } = await givenFragment((_, response) => response.writeHead(status, { location: '/' }).end())
      cleanup(close)
      const error = await api.visit().catch((thrown) => thrown)
      assert.instanceOf(error, type)
    })

  test('how long to wait is taken from the answer', async ({ assert, cleanup }) => {
    const { api, close } = await givenFragment((_, response) => response.writeHead(429, { 'retry-after': '7' }).end())
    cleanup(close)
    const error = await api.visit().catch((thrown) => thrown)
    assert.equal(error.retryAfterMs, 7000)
  })

  test('cookies that are set anew are used from then on and handed over', async ({ assert, cleanup }) => {
    const { client, asked, kept, close } = await givenFragment(({ path }, response) => {
      response.setHeader('set-cookie', ['stel_token=t2; path=/; HttpOnly', 'other=1', 'stel_dt=-180'])
      return path === '/stars/buy' ? PAGE : { ok: true }
    })
    cleanup(close)
    await client.call('anything', {})
    assert.deepEqual(kept, [{ ...COOKIES, stel_token: 't2' }])
    assert.include(asked[1].cookie, 'stel_token=t2')
  })

  test('reads what a purchase costs and the one message that pays it', async ({ assert, cleanup }) => {
    const message = { address: 'EQ', amount: '240400000', payload: 'te6' }
    const answers: Record<string, unknown> = {
      updateStarsBuyState: { ok: true, mode: 'new' },
      initBuyStarsRequest: { req_id: 'Q1', amount: '1,234.5678' },
      getBuyStarsLink: { ok: true, transaction: { messages: [message] } },
    }
    const { api, asked, close } = await givenFragment(({ path, fields }) =>
      path === '/stars/buy' ? PAGE : answers[fields.method]
    )
    cleanup(close)
    assert.deepEqual(await api.request('R1', 50), { id: 'Q1', amount: '1234567800000' })
    assert.deepEqual(await api.link('Q1', FACTS), message)
    assert.deepEqual(JSON.parse(asked.at(-1)!.fields.account), FACTS)
    assert.isFalse(await api.isDone('Q1'))
    answers.updateStarsBuyState = { ok: true, mode: 'done' }
    assert.isTrue(await api.isDone('Q1'))
  })

  test('pays nothing where {name}')
    .with([
      { name: 'a person must verify', body: { ok: true, need_verify: true }, type: VerificationNeeded },
      { name: 'there are two messages', body: { transaction: { messages: [{}, {}] } }, type: FragmentUnavailable },
      { name: 'there is none', body: { transaction: {} }, type: FragmentUnavailable },
      {
        name: 'the amount is no number',
        body: { transaction: { messages: [{ address: 'EQ', amount: '-1' }] } },
        type: FragmentUnavailable,
      },
    ])
    .run(async ({ assert, cleanup }, { body, type }) => {
      const { api, close } = await givenFragment(pageOr(body))
      cleanup(close)
      const error = await api.link('Q1', FACTS).catch((thrown) => thrown)
      assert.instanceOf(error, type)
    })
})

test.group('Cookies of Fragment', () => {
  test('are read from a header or from lines, without the others')
    .with([
      'stel_ssid=a; stel_dt=-180; stel_token=b; stel_ton_token=c; _ga=x',
      'Cookie: stel_ssid=a; stel_dt=-180; stel_token=b; stel_ton_token=c',
      'stel_ssid=a\nstel_dt=-180\nstel_token=b\nstel_ton_token=c\n',
    ])
    .run(({ assert }, words) => {
      const cookies = parseCookies(words)
      assert.deepEqual(cookies, { stel_ssid: 'a', stel_dt: '-180', stel_token: 'b', stel_ton_token: 'c' })
      assert.deepEqual(parseCookies(cookieHeader(cookies!)), cookies)
    })

  test('are refused when one is missing or could break the header')
    .with([
      '',
      'stel_ssid=a',
      'stel_ssid=a; stel_dt=; stel_token=b; stel_ton_token=c',
      'stel_ssid="a"; stel_dt=1; stel_token=b; stel_ton_token=c',
    ])
    .run(({ assert }, words) => {
      assert.isNull(parseCookies(words))
    })

  test('a deleted cookie is no new one', ({ assert }) => {
    assert.isNull(refreshed(COOKIES, ['stel_token=; expires=Thu, 01 Jan 1970 00:00:00 GMT', 'stel_ssid=s1']))
  })
})
