import { test } from '@japa/runner'
import { refusalToServe } from '#sandbox/environment'
import { risingId } from '#sandbox/options'
import { Customers } from '#sandbox/state/customers'
import { Messages } from '#sandbox/state/messages'
import type { Chat, Message } from '#sandbox/state/types'

const chat = (id: number): Chat => ({ id, type: 'private', first_name: 'Anna' })
const message = (chatId: number, id: number): Message => ({ message_id: id, chat: chat(chatId), date: 0, text: 'x' })

test.group('Sandbox | Memory', () => {
  test('beyond the limit the oldest messages of all chats are forgotten, and empty chats with them', ({ assert }) => {
    const messages = new Messages(3, 1)
    for (let id = 1; id <= 5; id++) messages.add(message(1000 + id, id))

    assert.equal(messages.size, 3)
    assert.deepEqual([...messages.chatIds()], [1003, 1004, 1005])
  })

  test('memory stays the same for a hundred times as many messages', ({ assert }) => {
    const messages = new Messages(1000, 1)
    for (let id = 1; id <= 100_000; id++) messages.add(message(id % 7, id))

    assert.equal(messages.size, 1000)
    assert.equal(messages.list(1).at(0)!.message_id % 7, 1)
  })

  test('private chats share one sequence of ids that begins where it is told to', ({ assert }) => {
    const messages = new Messages(10, 500)

    assert.deepEqual([messages.nextPrivateId(), messages.nextPrivateId()], [500, 501])
  })

  test('a million customers of a range are known without an object each', ({ assert }) => {
    const customers = new Customers()
    customers.addRange({ from: 1, to: 1_000_000, blockedEvery: 100 })

    assert.isFalse(customers.find(999_999)!.blocked)
    assert.isTrue(customers.find(500_000)!.blocked)
    assert.isUndefined(customers.find(1_000_001))
    assert.deepEqual(customers.find(77), customers.find(77))
    assert.lengthOf([...customers.all()], 0)
  })

  test('what is changed of one of them stays', ({ assert }) => {
    const customers = new Customers()
    customers.addRange({ from: 1, to: 10 })
    const name = customers.find(5)!.first_name
    customers.get(5).blocked = true

    assert.isTrue(customers.find(5)!.blocked)
    assert.equal(customers.save({ id: 5, language_code: 'uk' }).first_name, name)
    assert.throws(() => customers.get(11), /knows no customer 11/)
  })

  test('ids of a sandbox that starts anew are greater than all of the one before and fit into 31 bits', ({
    assert,
  }) => {
    const now = Date.UTC(2026, 10, 21)

    assert.isAbove(risingId(now + 60_000), risingId(now) + 200)
    assert.isBelow(risingId(Date.UTC(2040, 0, 1)), 2 ** 31)
  })
})

test.group('Sandbox | Where it may be served', () => {
  const local = { production: false, port: 8081 }

  test('it is refused: {reason}')
    .with([
      { environment: { ...local, production: true }, options: { host: '127.0.0.1' }, reason: 'not for production' },
      { environment: local, options: { host: '0.0.0.0' }, reason: 'this machine only' },
      {
        environment: { ...local, apiRoot: new URL('https://api.telegram.org') },
        options: { host: '127.0.0.1' },
        reason: 'TELEGRAM_API_ROOT points to https://api.telegram.org',
      },
      {
        environment: { ...local, apiRoot: new URL('http://127.0.0.1:9000'), port: 9000 },
        options: { host: '127.0.0.1', port: 8081 },
        reason: 'Set it to http://127.0.0.1:8081',
      },
    ])
    .run(({ assert }, { environment, options, reason }) => {
      assert.include(refusalToServe(environment, options), reason)
    })

  test('it is served where the product looks for it', ({ assert }) => {
    assert.isUndefined(refusalToServe(local, { host: 'localhost' }))
    assert.isUndefined(
      refusalToServe({ ...local, apiRoot: new URL('http://localhost:8081') }, { host: '127.0.0.1', port: 8081 })
    )
  })
})
