import { request as httpRequest } from 'node:http'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { webhooksRefused } from '#system/metrics/app_metrics'
import { BotConfig } from '#bot/bot_config'
import { Inbox } from '#bot/inbox/inbox'
import { UpdateStore } from '#bot/inbox/update_store'
import { resetDatabase } from '#tests/support/database'
import { textUpdate } from '#tests/support/updates'

const SECRET = 'the-right-secret'
const HEADER = 'x-telegram-bot-api-secret-token'

test.group('Telegram webhook', (group) => {
  let woken: number[]

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => givenWebhook('https://bot.example.org'))

  async function givenWebhook(publicUrl?: string) {
    const config = new BotConfig({ token: '1:x', apiRoot: 'http://x', publicUrl, webhookSecret: SECRET, appKey: 'k' })
    const inbox = new Inbox(new UpdateStore(1, await app.container.make(Clock)))
    woken = []
    inbox.onArrival((chatIds) => woken.push(...chatIds))
    app.container.swap(BotConfig, () => config)
    app.container.swap(Inbox, () => inbox)
    return () => app.container.restoreAll([BotConfig, Inbox])
  }

  const stored = () => db.from('bot_updates')
  const refused = async (reason: string) => {
    const { values } = await webhooksRefused.get()
    return values.find(({ labels }) => labels.reason === reason)?.value ?? 0
  }

  test('given the right secret, when an update comes, then it is stored before 200 and processed', async ({
    client,
    assert,
  }) => {
    const update = textUpdate('hello')
    const response = await client.post('/telegram/webhook').header(HEADER, SECRET).json(update)
    response.assertStatus(200)
    const [row] = await stored()
    assert.equal(row.update_id, update.update_id)
    assert.deepEqual(woken, [update.message!.chat.id])
  })

  test('given an update that was delivered before, when it comes again, then it is 200 and nothing new', async ({
    client,
    assert,
  }) => {
    const update = textUpdate('hello')
    for (let delivery = 0; delivery < 3; delivery++) {
      const response = await client.post('/telegram/webhook').header(HEADER, SECRET).json(update)
      response.assertStatus(200)
    }
    assert.lengthOf(await stored(), 1)
    assert.lengthOf(woken, 1)
  })

  test('given the secret {$self}, when an update comes, then it is refused, counted and reported')
    .with(['', 'wrong', SECRET.slice(0, -1), `${SECRET}x`, SECRET.toUpperCase()])
    .run(async ({ client, assert }, secret) => {
      const before = await refused('forged')
      const response = await client.post('/telegram/webhook').header(HEADER, secret).json(textUpdate('hello'))
      response.assertStatus(401)
      assert.isEmpty(await stored())
      assert.equal(await refused('forged'), before + 1)
      const event = await db.from('security_events').firstOrFail()
      assert.deepInclude(event, { kind: 'webhook.forged', subject: 'telegram' })
    })

  test('given no secret at all, when an update comes, then it is refused', async ({ client }) => {
    const response = await client.post('/telegram/webhook').json(textUpdate('hello'))
    response.assertStatus(401)
  })

  test('given the body {$self}, when it comes with the right secret, then it is 400')
    .with(['', '{', 'null', '[]', '"text"', '{}', '{"update_id":"1"}', '{"update_id":1.5}', '\u0000'])
    .run(async ({ client, assert }, body) => {
      const response = await client
        .post('/telegram/webhook')
        .header(HEADER, SECRET)
        .header('content-type', 'application/json')
        .form(body as any)
      response.assertStatus(400)
      assert.isEmpty(await stored())
    })

  test('given more than a megabyte, when it comes, then it is 413 whether or not the length was told', async ({
    assert,
  }) => {
    const body = Buffer.alloc(1024 * 1024 + 1, 'x')
    assert.equal(await post(body, { 'content-length': String(body.length) }), 413)
    assert.equal(await post(body, { 'transfer-encoding': 'chunked' }), 413)
    assert.isEmpty(await stored())
  })

  test('given a bot that polls, when somebody posts, then there is no webhook', async ({ client }) => {
    await givenWebhook(undefined)
    const response = await client.post('/telegram/webhook').header(HEADER, SECRET).json(textUpdate('hello'))
    response.assertStatus(404)
  })

  test('given no configured secret, when derived, then processes with one key agree and others do not', ({
    assert,
  }) => {
    const secret = (appKey: string) => new BotConfig({ token: '1:x', apiRoot: 'http://x', appKey }).webhookSecret
    assert.equal(secret('one'), secret('one'))
    assert.notEqual(secret('one'), secret('other'))
    assert.match(secret('one'), /^[A-Za-z0-9_-]{43}$/)
  })

  test('given a public address with a path, when the webhook is named, then it lies below it', ({ assert }) => {
    const url = (publicUrl: string) => new BotConfig({ token: '1:x', apiRoot: '', publicUrl, appKey: 'k' }).webhookUrl
    assert.equal(url('https://a.example/shop/'), 'https://a.example/shop/telegram/webhook')
    assert.equal(url('https://a.example'), 'https://a.example/telegram/webhook')
  })

  function post(body: Buffer, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        `http://127.0.0.1:${process.env.PORT}/telegram/webhook`,
        { method: 'POST', headers: { ...headers, [HEADER]: SECRET } },
        (response) => {
          response.resume()
          resolve(response.statusCode!)
        }
      )
      request.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? undefined : reject(error)))
      request.end(body)
    })
  }
})
