import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'
import { Control } from '#tests/support/sandbox/control'

test.group('Sandbox | Control API', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']
  let control: Control

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox())
    control = new Control(sandbox.url)
    return () => sandbox.stop()
  })

  test('customers are made one by one, in bulk and as a range', async ({ assert }) => {
    await control.post('/customers', { id: 5, first_name: 'Anna', language_code: 'uk' })
    await control.post('/customers', { customers: [{ id: 6, first_name: 'Ben' }, { id: 9 }] })
    await control.post('/customers/range', { from: 1000, to: 2_000_000, blockedEvery: 10 })
    await control.patch('/customers/6', { blocked: true })

    assert.equal(await api.status('sendMessage', { chat_id: 5, text: 'x' }), 200)
    assert.equal(await api.status('sendMessage', { chat_id: 6, text: 'x' }), 403)
    assert.equal(await api.status('sendMessage', { chat_id: 1_999_999, text: 'x' }), 200)
    assert.equal(await api.status('sendMessage', { chat_id: 1_999_990, text: 'x' }), 403)
    assert.deepInclude(await control.get('/customers/6'), { first_name: 'Ben', blocked: true })
  })

  test('a conversation can be held over it, waits included', async ({ assert }) => {
    await control.post('/customers', { id: 5, started: false })
    await control.post('/chats/5/start', { payload: 'ref_1' })
    const [update] = await api.ok('getUpdates')
    const waiting = control.get('/chats/5/wait?text=menu&button=Go')
    await api.ok('sendMessage', {
      chat_id: 5,
      text: 'the menu',
      reply_markup: { inline_keyboard: [[{ text: 'Go on', callback_data: 'go' }]] },
    })
    const menu = await waiting
    const pressed = await control.post('/chats/5/press', { message_id: menu.message_id, button: 'Go on' })
    const answered = control.get(`/callbacks/${pressed.id}/wait`)
    await api.ok('answerCallbackQuery', { callback_query_id: pressed.id, text: 'ok' })
    const edited = control.get(`/chats/5/wait?message_id=${menu.message_id}&text=gone`)
    await api.ok('editMessageText', { chat_id: 5, message_id: menu.message_id, text: 'gone' })

    assert.equal(update.message.text, '/start ref_1')
    assert.deepEqual(await answered, { text: 'ok' })
    assert.deepInclude(await edited, { text: 'gone' })
    const shown = await control.get('/chats/5')
    assert.deepEqual(
      shown.messages.map(({ text }: { text: string }) => text),
      ['/start ref_1', 'gone']
    )
  })

  test('the journal is read, summed up and cleared', async ({ assert }) => {
    sandbox.customer({ id: 5 })
    for (let i = 0; i < 3; i++) await api.ok('sendMessage', { chat_id: 5, text: String(i) })
    await api.call('sendMessage', { chat_id: 6, text: 'x' })
    const { total, entries } = await control.get('/journal?chat_id=5&limit=2')
    const summary = await control.get('/journal/summary')

    assert.equal(total, 4)
    assert.deepEqual(
      entries.map((entry: { outcome: number; message_id: number }) => [entry.outcome, entry.message_id]),
      [
        [200, 2],
        [200, 3],
      ]
    )
    assert.isAtLeast(entries[1].at, entries[0].at)
    assert.deepEqual(summary.counters, { sendMessage: { 200: 3, 400: 1 } })
    assert.equal(summary.classes.send.count, 4)
    await control.delete('/journal')
    assert.deepEqual(await control.get('/journal'), { total: 0, entries: [] })
  })

  test('all messages come as lines of JSON', async ({ assert }) => {
    for (const id of [5, 6]) {
      sandbox.customer({ id })
      await api.ok('sendMessage', { chat_id: id, text: `to ${id}` })
    }
    const response = await fetch(`${sandbox.url}/sandbox/messages`)
    const text = await response.text()
    const lines = text.trim().split('\n')

    assert.deepEqual(
      lines.map((line) => JSON.parse(line).text),
      ['to 5', 'to 6']
    )
  })

  test('any update is injected', async ({ assert }) => {
    const { update_id: id } = await control.post('/updates', { type: 'poll_answer', payload: { poll_id: '1' } })

    assert.deepEqual(await api.ok('getUpdates'), [{ update_id: id, poll_answer: { poll_id: '1' } }])
  })

  test('a reset forgets everything but the webhook and the profile', async ({ assert }) => {
    sandbox.customer({ id: 5 })
    sandbox.say(5, 'x')
    sandbox.faults.add({ kind: 'slow' })
    await api.ok('setMyCommands', { commands: [{ command: 'start', description: 'Begin' }] })
    await control.post('/reset')

    assert.isEmpty(sandbox.messages(5))
    assert.isEmpty(sandbox.faults.list())
    assert.isEmpty(await api.ok('getUpdates'))
    assert.lengthOf(await api.ok('getMyCommands'), 1)
    assert.equal(await api.refusal('sendMessage', { chat_id: 5, text: 'x' }), 'Bad Request: chat not found')
  })

  test('the clock is moved', async ({ assert }) => {
    const { now: before } = await control.get('')
    const { now } = await control.post('/clock', { advance_ms: 3_600_000 })

    assert.isAtLeast(now, before + 3_600_000)
  })

  test('{verb} {path} is refused with {status}: {reason}')
    .with([
      { verb: 'GET', path: '/nothing', body: undefined, status: 404, reason: /no such address/ },
      { verb: 'DELETE', path: '/chats', body: undefined, status: 405, reason: /Use GET here/ },
      { verb: 'GET', path: '/chats/abc', body: undefined, status: 422, reason: /no chat id/ },
      { verb: 'GET', path: '/chats/77', body: undefined, status: 404, reason: /knows no chat 77/ },
      { verb: 'POST', path: '/chats/77/say', body: { text: 'x' }, status: 404, reason: /knows no customer 77/ },
      { verb: 'POST', path: '/chats/-100/say', body: { text: 'x' }, status: 422, reason: /Say who acts/ },
      { verb: 'POST', path: '/chats/5/say', body: { text: ' ' }, status: 422, reason: /needs a text/ },
      { verb: 'POST', path: '/chats/5/press', body: { message_id: 1 }, status: 422, reason: /Name the "button"/ },
      {
        verb: 'POST',
        path: '/customers/range',
        body: { from: 5, to: 1 },
        status: 422,
        reason: /range needs positive ids/,
      },
      { verb: 'POST', path: '/customers', body: { id: -1 }, status: 422, reason: /positive integer/ },
      { verb: 'POST', path: '/faults', body: { kind: 'rain' }, status: 422, reason: /Unknown fault/ },
      { verb: 'PUT', path: '/limits', body: {}, status: 422, reason: /true, false or an object/ },
      { verb: 'PUT', path: '/faults', body: { faults: [null] }, status: 422, reason: /"faults" is a list of rules/ },
      {
        verb: 'POST',
        path: '/groups',
        body: { title: 'A', members: 5 },
        status: 422,
        reason: /are lists of customers/,
      },
      { verb: 'GET', path: '/journal?class=fast', body: undefined, status: 422, reason: /A class is one of/ },
      { verb: 'GET', path: '/chats/5/wait?timeout_ms=1', body: undefined, status: 408, reason: /Nothing came/ },
      { verb: 'GET', path: '/files/none', body: undefined, status: 404, reason: /no such file/ },
    ])
    .run(async ({ assert }, { verb, path, body, status, reason }) => {
      sandbox.customer({ id: 5 })
      const answer = await control.answer(verb, path, body)

      assert.equal(answer.status, status)
      assert.match(answer.body.error, reason)
    })

  test('pages of other sites cannot drive it: {title}')
    .with([
      { title: 'a foreign origin', headers: { Origin: 'https://evil.example' } as Record<string, string> },
      { title: 'a name that points here', headers: { Host: 'evil.example' } as Record<string, string> },
    ])
    .run(async ({ assert }, { headers }) => {
      assert.equal(await statusOf(`${sandbox.url}/sandbox/reset`, headers), 403)
      assert.equal(await statusOf(`${sandbox.url}/sandbox/reset`, {}), 200)
    })
})

/** fetch() would not send another Host. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  const { request } = await import('node:http')
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, (response) => {
      response.resume()
      resolve(response.statusCode!)
    })
    sent.on('error', reject)
    sent.end()
  })
}
