import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'
import { WebhookReceiver } from '#tests/support/sandbox/webhook_receiver'

test.group('Sandbox | Webhook', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']
  let receiver: WebhookReceiver

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox({ webhookRetryMs: 5, webhookTimeoutMs: 2000 }))
    receiver = await new WebhookReceiver().start()
    for (const id of [7, 8]) sandbox.customer({ id })
    return async () => {
      receiver.stop()
      await sandbox.stop()
    }
  })

  test('updates are delivered with the secret', async ({ assert }) => {
    sandbox.say(7, 'before')
    const { body } = await api.call('setWebhook', { url: receiver.url, secret_token: 'a-B_9' })
    sandbox.say(7, 'after')
    await receiver.received(2)

    assert.deepInclude(body, { ok: true, result: true, description: 'Webhook was set' })
    assert.deepEqual(receiver.texts, ['before', 'after'])
    assert.deepEqual(
      receiver.deliveries.map(({ secret }) => secret),
      ['a-B_9', 'a-B_9']
    )
  })

  test('without a secret there is no header', async ({ assert }) => {
    await api.ok('setWebhook', { url: receiver.url })
    sandbox.say(7, 'x')
    await receiver.received(1)

    assert.isUndefined(receiver.deliveries[0].secret)
  })

  test('what is not answered with 2xx comes again, in order, and holds back only its own chat', async ({ assert }) => {
    let failures = 3
    receiver.answer = ({ update }, response) => {
      const isRefused = failures > 0 || !receiver.texts.includes('other')
      if (update.message?.text === 'a' && isRefused) {
        response.statusCode = 500
        failures--
      }
      response.end()
    }
    await api.ok('setWebhook', { url: receiver.url })
    for (const text of ['a', 'b']) sandbox.say(7, text)
    sandbox.say(8, 'other')
    while (!receiver.texts.includes('b')) await receiver.received(receiver.texts.length + 1)

    const ofOneChat = receiver.texts.filter((text) => text !== 'other')
    assert.match(ofOneChat.join(' '), /^a a a a( a)* b$/)
  })

  test('a dropped connection counts as a failure', async ({ assert }) => {
    receiver.answer = ({ update }, response) => {
      if (receiver.deliveries.length === 1) response.destroy()
      else response.end(String(update.update_id))
    }
    await api.ok('setWebhook', { url: receiver.url })
    sandbox.say(7, 'x')
    await receiver.received(2)

    const [first, second] = receiver.deliveries.map(({ update }) => update.update_id)
    assert.equal(first, second)
  })

  test('getWebhookInfo tells of pending updates and the last failure', async ({ assert }) => {
    receiver.answer = (_, response) => {
      response.statusCode = 503
      response.end()
    }
    await api.ok('setWebhook', { url: receiver.url, max_connections: 5, allowed_updates: ['message'] })
    sandbox.say(7, 'x')
    await receiver.received(2)
    const info = await api.ok('getWebhookInfo')

    assert.deepInclude(info, {
      url: receiver.url,
      pending_update_count: 1,
      max_connections: 5,
      allowed_updates: ['message'],
      last_error_message: 'Wrong response from the webhook: 503 Service Unavailable',
    })
    assert.isNumber(info.last_error_date)
  })

  test('a server that is not there is a refused connection', async ({ assert }) => {
    const { url } = receiver
    receiver.stop()
    await api.ok('setWebhook', { url })
    sandbox.say(7, 'x')
    while (!sandbox.world.webhook.lastFailure) await new Promise((resolve) => setImmediate(resolve))

    assert.deepInclude(await api.ok('getWebhookInfo'), { last_error_message: 'Connection refused' })
  })

  test('a method call in the answer is carried out: {type}')
    .with([
      { type: 'application/json', body: '{"method":"sendMessage","chat_id":7,"text":"by reply"}' },
      { type: 'application/x-www-form-urlencoded', body: 'method=sendMessage&chat_id=7&text=by+reply' },
    ])
    .run(async ({ assert }, { type, body }) => {
      receiver.answer = (_, response) => void response.setHeader('Content-Type', type).end(body)
      await api.ok('setWebhook', { url: receiver.url })
      sandbox.say(7, 'x')
      const answer = await sandbox.waitForMessage(7)

      assert.equal(answer.text, 'by reply')
    })

  test('a webhook that is deleted gets nothing more, and polling works again', async ({ assert }) => {
    await api.ok('setWebhook', { url: receiver.url })
    const deleted = await api.call('deleteWebhook')
    const again = await api.call('deleteWebhook')
    sandbox.say(7, 'x')

    assert.equal(deleted.body.description, 'Webhook was deleted')
    assert.equal(again.body.description, 'Webhook is already deleted')
    assert.lengthOf(await api.ok('getUpdates'), 1)
    assert.isEmpty(receiver.deliveries)
  })

  test('pending updates can be dropped when it is set or deleted', async ({ assert }) => {
    sandbox.say(7, 'old')
    await api.ok('deleteWebhook', { drop_pending_updates: true })
    assert.isEmpty(await api.ok('getUpdates'))

    sandbox.say(7, 'old too')
    await api.ok('setWebhook', { url: receiver.url, drop_pending_updates: true })
    sandbox.say(7, 'new')
    await receiver.received(1)
    assert.deepEqual(receiver.texts, ['new'])
  })

  test('setting the same webhook twice says so', async ({ assert }) => {
    await api.ok('setWebhook', { url: receiver.url })
    const { body } = await api.call('setWebhook', { url: receiver.url })

    assert.equal(body.description, 'Webhook is already set')
  })

  test('a webhook is refused: {description}')
    .with([
      {
        params: { url: 'http://example.org/hook' },
        description: 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
      },
      {
        params: { url: 'https://example.org:8080/hook' },
        description: 'Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
      },
      { params: { url: 'ftp://127.0.0.1' }, description: 'Bad Request: invalid webhook URL specified' },
      { params: { url: 'https://' }, description: 'Bad Request: invalid webhook URL specified' },
      {
        params: { url: 'https://127.0.0.1', secret_token: 'не ascii' },
        description: 'Bad Request: secret token contains unallowed characters',
      },
      {
        params: { url: 'https://127.0.0.1', secret_token: 'x'.repeat(257) },
        description: 'Bad Request: secret token is too long',
      },
    ])
    .run(async ({ assert }, { params, description }) => {
      assert.equal(await api.refusal('setWebhook', params), description)
      assert.deepInclude(await api.ok('getWebhookInfo'), { url: '' })
    })
})
