import { test } from '@japa/runner'
import { DROPPED_AFTER, Journal, methodClass } from '#sandbox/journal'

test.group('Sandbox | Journal', () => {
  test('{method} is of class {expected}')
    .with([
      { method: 'sendMessage', expected: 'send' },
      { method: 'copyMessage', expected: 'send' },
      { method: 'forwardMessage', expected: 'send' },
      { method: 'editMessageText', expected: 'send' },
      { method: 'sendChatAction', expected: 'other' },
      { method: 'answerCallbackQuery', expected: 'answer' },
      { method: 'deleteMessages', expected: 'delete' },
      { method: 'deleteWebhook', expected: 'other' },
      { method: 'getUpdates', expected: 'get' },
    ])
    .run(({ assert }, { method, expected }) => {
      assert.equal(methodClass(method), expected)
    })

  test('the busiest window is found wherever it begins', ({ assert }) => {
    const journal = new Journal(100)
    for (const at of [0, 900, 950, 999, 1000, 1100, 1899, 1900.5, 5000]) journal.open(at, 'sendMessage')

    assert.equal(journal.maxInAnyWindow('send'), 6)
    assert.equal(journal.maxInAnyWindow('send', 100), 3)
    assert.equal(journal.maxInAnyWindow('get'), 0)
  })

  test('the rate is that between the first and the last arrival', ({ assert }) => {
    const journal = new Journal(100)
    for (let i = 0; i <= 29; i++) journal.open(i * 100, 'sendMessage')

    assert.deepEqual(journal.rate('send'), { count: 30, spanMs: 2900, perSecond: 10 })
  })

  test('entries tell when, what, where and how it ended', ({ assert }) => {
    const journal = new Journal(100)
    const first = journal.open(1.5, 'sendMessage')
    const second = journal.open(2.5, 'getMe')
    journal.close(second, 200, 0)
    journal.close(first, DROPPED_AFTER, 77, 5)

    assert.deepEqual(journal.entries(), [
      { seq: 0, at: 1.5, method: 'sendMessage', chat_id: 77, outcome: 'dropped_after', message_id: 5 },
      { seq: 1, at: 2.5, method: 'getMe', chat_id: 0, outcome: 200, message_id: 0 },
    ])
    assert.deepEqual(journal.counters(), { sendMessage: { dropped_after: 1 }, getMe: { 200: 1 } })
    assert.lengthOf(journal.entries({ chatId: 77 }), 1)
    assert.lengthOf(journal.entries({ class: 'get' }), 1)
  })

  test('the oldest entries make room while counters go on', ({ assert }) => {
    const journal = new Journal(3)
    for (let i = 0; i < 5; i++) journal.close(journal.open(i, 'sendMessage'), 200, i)

    assert.deepEqual(
      journal.entries().map(({ chat_id: id }) => id),
      [2, 3, 4]
    )
    assert.equal(journal.total, 5)
    assert.deepEqual(journal.counters(), { sendMessage: { 200: 5 } })
  })

  test('a request that began before a clear leaves nothing behind', ({ assert }) => {
    const journal = new Journal(10)
    const early = journal.open(1, 'sendMessage')
    journal.clear()
    journal.open(2, 'getMe')
    journal.close(early, 200, 1)

    assert.deepEqual(
      journal.entries().map(({ method, outcome }) => [method, outcome]),
      [['getMe', 'pending']]
    )
    assert.deepEqual(journal.counters(), {})
  })
})
