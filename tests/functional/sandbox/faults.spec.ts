import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'
import { Control } from '#tests/support/sandbox/control'

test.group('Sandbox | Faults over HTTP', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox())
    for (const id of [7, 8]) sandbox.customer({ id })
    return () => sandbox.stop()
  })

  const send = (chatId = 7) => api.call('sendMessage', { chat_id: chatId, text: 'x' })
  const sent = (chatId = 7) => api.status('sendMessage', { chat_id: chatId, text: 'x' })

  test('a flood answer carries retry_after in body and header, and nothing is sent', async ({ assert }) => {
    sandbox.faults.set({ kind: 'too_many_requests', retryAfter: 9, count: 1 })
    const { status, headers, body } = await send()

    assert.equal(status, 429)
    assert.equal(headers.get('retry-after'), '9')
    assert.deepEqual(body, {
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 9',
      parameters: { retry_after: 9 },
    })
    assert.isEmpty(sandbox.messages(7))
    assert.equal(await sent(), 200)
  })

  test('a connection dropped before the effect leaves nothing, one dropped after it leaves the message', async ({
    assert,
  }) => {
    sandbox.faults.set({ kind: 'drop_before', chats: [7] }, { kind: 'drop_after', chats: [8] })

    await assert.rejects(() => send(7))
    await assert.rejects(() => send(8))

    assert.isEmpty(sandbox.messages(7))
    assert.lengthOf(sandbox.messages(8), 1)
    assert.deepEqual(sandbox.journal.counters().sendMessage, { dropped_before: 1, dropped_after: 1 })
  })

  test('a slow answer comes after its effect', async ({ assert }) => {
    sandbox.faults.set({ kind: 'slow', delayMs: 60_000 })
    const gone = new AbortController()
    const answer = api.call('sendMessage', {}, { body: '{"chat_id":7,"text":"x"}', signal: gone.signal })
    await sandbox.waitForMessage(7)
    gone.abort()

    await assert.rejects(() => answer)
  })

  test('faults are set, listed and removed over the control API', async ({ assert }) => {
    const control = new Control(sandbox.url)
    const added = await control.post('/faults', { kind: 'forbidden', methods: ['sendMessage'], chats: [7] })
    const refused = await send(7)
    const passed = await send(8)
    const { faults } = await control.get('/faults')

    assert.equal(refused.body.description, 'Forbidden: bot was blocked by the user')
    assert.isTrue(passed.body.ok)
    assert.deepInclude(faults[0], { id: added.id, hits: 1 })
    await control.delete(`/faults/${added.id}`)
    assert.equal(await sent(7), 200)
    await control.put('/faults', { faults: [{ kind: 'server_error', status: 502 }] })
    assert.equal(await sent(7), 502)
    await control.delete('/faults')
    assert.equal(await sent(7), 200)
  })

  test("Telegram's limits refuse what comes too fast, and not what only reads", async ({ assert }) => {
    const control = new Control(sandbox.url)
    await control.put('/limits', { limits: { chatBurst: 2 } })
    const answers = [await send(), await send(), await send()]
    const info = await api.call('getMe')

    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 429]
    )
    assert.equal(answers[2].body.parameters?.retry_after, 1)
    assert.isTrue(info.body.ok)
    await control.put('/limits', { limits: false })
    assert.equal(await sent(), 200)
  })
})
