import { test } from '@japa/runner'
import { Faults, seededRandom, type NewFault } from '#sandbox/faults'

const strikes = (faults: Faults, times: number, method = 'sendMessage', chat = 1) =>
  Array.from({ length: times }, () => faults.strike(method, chat))

test.group('Sandbox | Faults', () => {
  test('{kind} answers {code}: {description}')
    .with([
      { kind: 'too_many_requests' as const, code: 429, description: 'Too Many Requests: retry after 7' },
      { kind: 'forbidden' as const, code: 403, description: 'Forbidden: bot was blocked by the user' },
      { kind: 'bad_request' as const, code: 400, description: 'Bad Request: chat not found' },
      { kind: 'server_error' as const, code: 502, description: 'Bad Gateway' },
    ])
    .run(({ assert }, { kind, code, description }) => {
      const faults = new Faults()
      faults.add({ kind, retryAfter: 7, status: 502 })

      assert.deepInclude(faults.strike('sendMessage', 1).error, { code, description })
    })

  test('a count is used up', ({ assert }) => {
    const faults = new Faults()
    faults.add({ kind: 'drop_before', count: 2 })

    assert.deepEqual(
      strikes(faults, 4).map(({ dropBefore }) => dropBefore),
      [true, true, false, false]
    )
    assert.deepInclude(faults.list()[0], { hits: 2, remaining: 0 })
  })

  test('methods and chats narrow a fault: {method} in chat {chat} is hit: {hit}')
    .with([
      { method: 'sendMessage', chat: 5, hit: true },
      { method: 'sendPhoto', chat: 5, hit: true },
      { method: 'editMessageText', chat: 5, hit: true },
      { method: 'getUpdates', chat: 5, hit: false },
      { method: 'sendMessage', chat: 6, hit: false },
    ])
    .run(({ assert }, { method, chat, hit }) => {
      const faults = new Faults()
      faults.add({ kind: 'drop_after', methods: ['send*', 'editmessagetext'], chats: [5] })

      assert.equal(faults.strike(method, chat).dropAfter, hit)
    })

  test('a probability hits its share and the same seed hits the same requests', ({ assert }) => {
    const run = () => {
      const faults = new Faults(() => {}, seededRandom(42))
      faults.add({ kind: 'drop_before', probability: 0.25 })
      return strikes(faults, 4000).map(({ dropBefore }) => dropBefore)
    }
    const hits = run().filter(Boolean).length

    assert.isAbove(hits, 900)
    assert.isBelow(hits, 1100)
    assert.deepEqual(run(), run())
  })

  test('delays add up beside one refusal', ({ assert }) => {
    const faults = new Faults(
      () => {},
      () => 0.5
    )
    faults.add({ kind: 'slow', delayMs: 100, jitterMs: 50 })
    faults.add({ kind: 'forbidden' })
    faults.add({ kind: 'bad_request' })
    faults.add({ kind: 'slow', delayMs: 10 })

    const strike = faults.strike('sendMessage', 1)

    assert.equal(strike.delayMs, 135)
    assert.equal(strike.error?.code, 403)
  })

  test('a wrong rule is refused: {reason}')
    .with([
      { fault: { kind: 'flood' } as unknown as NewFault, reason: 'Unknown fault "flood"' },
      { fault: { kind: 'slow', probability: 7 } as NewFault, reason: 'lies between 0 and 1' },
    ])
    .run(({ assert }, { fault, reason }) => {
      assert.throws(() => new Faults().add(fault), new RegExp(reason))
    })
})
