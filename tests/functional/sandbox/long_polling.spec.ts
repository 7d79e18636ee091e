import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'

test.group('Sandbox | Long polling', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox({ firstUpdateId: 100, conflictDelayMs: 50 }))
    sandbox.customer({ id: 7, first_name: 'Anna', language_code: 'uk' })
    return () => sandbox.stop()
  })

  const ids = (updates: { update_id: number }[]) => updates.map(({ update_id: id }) => id)
  const poll = (params = {}) => api.ok('getUpdates', { timeout: 30, ...params })

  test('a message of a customer is an update with its entities', async ({ assert }) => {
    sandbox.say(7, '/start ref_AB')
    const [update] = await api.ok('getUpdates')

    assert.equal(update.update_id, 100)
    assert.deepInclude(update.message, {
      text: '/start ref_AB',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
      from: { id: 7, is_bot: false, first_name: 'Anna', language_code: 'uk' },
    })
  })

  test('updates stay until an offset confirms them', async ({ assert }) => {
    for (const text of ['a', 'b', 'c']) sandbox.say(7, text)

    assert.deepEqual(ids(await api.ok('getUpdates')), [100, 101, 102])
    assert.deepEqual(ids(await api.ok('getUpdates', { limit: 2 })), [100, 101])
    assert.deepEqual(ids(await api.ok('getUpdates', { offset: 102 })), [102])
    assert.deepEqual(ids(await api.ok('getUpdates')), [102])
    assert.isEmpty(await api.ok('getUpdates', { offset: 103 }))
  })

  test('a negative offset counts from the end and forgets the rest', async ({ assert }) => {
    for (const text of ['a', 'b', 'c']) sandbox.say(7, text)

    assert.deepEqual(ids(await api.ok('getUpdates', { offset: -1 })), [102])
    assert.deepEqual(ids(await api.ok('getUpdates')), [102])
  })

  test('a waiting poll ends at once when something comes', async ({ assert }) => {
    const polled = poll()
    await waiting(sandbox)
    sandbox.say(7, 'x')

    assert.deepEqual(ids(await polled), [100])
  })

  test('a poll without news ends with nothing after its timeout', async ({ assert }) => {
    assert.isEmpty(await api.ok('getUpdates', { timeout: 1 }))
  })

  test('of two pollers the earlier one gets a conflict', async ({ assert }) => {
    const first = api.call('getUpdates', { timeout: 30 })
    await waiting(sandbox)
    const second = poll()
    const { status, body } = await first

    assert.equal(status, 409)
    assert.equal(
      body.description,
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'
    )
    sandbox.say(7, 'x')
    assert.deepEqual(ids(await second), [100])
  })

  test('a poller whose process died leaves its updates to the next one', async ({ assert }) => {
    const dying = new AbortController()
    const first = api.call('getUpdates', {}, { body: '{"timeout":30}', signal: dying.signal })
    await waiting(sandbox)
    dying.abort()
    await first.catch(() => {})
    await waiting(sandbox, false)
    const second = poll()
    await waiting(sandbox)
    sandbox.say(7, 'x')

    assert.deepEqual(ids(await second), [100])
  })

  test('a webhook and polling exclude each other', async ({ assert }) => {
    const polled = api.call('getUpdates', { timeout: 30 })
    await waiting(sandbox)
    await api.ok('setWebhook', { url: 'http://127.0.0.1:9/never' })
    const { body } = await polled

    assert.equal(body.description, 'Conflict: terminated by setWebhook request')
    assert.equal(
      await api.refusal('getUpdates'),
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
  })

  test('only wanted types are queued, and the wish holds until it changes', async ({ assert }) => {
    const { message_id: id } = await api.ok('sendMessage', {
      chat_id: 7,
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
    })
    await api.ok('getUpdates', { allowed_updates: ['callback_query'] })
    sandbox.say(7, 'unwanted')
    sandbox.press(7, id, 0)
    const wanted = await api.ok('getUpdates')

    assert.deepEqual(Object.keys(wanted[0]), ['update_id', 'callback_query'])
    assert.lengthOf(wanted, 1)
    await api.ok('getUpdates', { offset: 101, allowed_updates: [] })
    assert.isUndefined(sandbox.inject('chat_member', {}))
    sandbox.say(7, 'wanted again')
    assert.lengthOf(await api.ok('getUpdates'), 1)
  })

  test('an update that nobody fetched is forgotten after a day', async ({ assert }) => {
    sandbox.say(7, 'x')
    sandbox.world.clock.advance(24 * 3600 * 1000 + 1)

    assert.isEmpty(await api.ok('getUpdates'))
  })

  test('blocking and unblocking tell the bot, and only the first time', async ({ assert }) => {
    sandbox.block(7)
    sandbox.block(7)
    sandbox.unblock(7)
    const updates = await api.ok('getUpdates')

    assert.deepEqual(
      updates.map((update: any) => update.my_chat_member.new_chat_member.status),
      ['kicked', 'member']
    )
    assert.throws(() => {
      sandbox.block(7)
      sandbox.say(7, 'x')
    }, /has blocked the bot/)
  })

  test('the first word of a newcomer makes them reachable', async ({ assert }) => {
    sandbox.customer({ id: 8, started: false })
    assert.include(await api.refusal('sendMessage', { chat_id: 8, text: 'x' }), "can't initiate conversation")

    sandbox.start(8, 'ref_1')

    assert.isObject(await api.ok('sendMessage', { chat_id: 8, text: 'x' }))
    assert.throws(() => sandbox.start(8, 'no spaces'), /start parameter/)
    assert.throws(() => sandbox.start(8, 'x'.repeat(65)), /start parameter/)
  })
})

/** Until a poll waits in the sandbox, or none does any more. */
async function waiting({ world }: RunningSandbox['sandbox'], expected = true) {
  while (world.polls.isWaiting !== expected) await new Promise((resolve) => setImmediate(resolve))
}
