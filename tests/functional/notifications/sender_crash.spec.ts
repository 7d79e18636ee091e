import { once } from 'node:events'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { resetDatabase } from '#tests/support/database'
import { endProcess, killRemaining, startScript } from '#tests/support/processes'
import { broadcastRow, countOf, insertRow, rowOf, valueOf } from '#tests/support/telegram/outbox_rows'
import { eventually, SenderWorld } from '#tests/support/telegram/sender_world'
import type { Step } from './scripts/send_and_die.js'

const SCRIPT = new URL('scripts/send_and_die.ts', import.meta.url)
const [CUSTOMER, RECIPIENT] = [7, 8]

test.group('Sender that is killed', (group) => {
  let world: SenderWorld
  group.each.timeout(60_000)
  group.each.setup(async () => {
    await resetDatabase()
    world = await new SenderWorld().open()
    return async () => {
      killRemaining()
      await world.close()
    }
  })

  /** A transactional row and one of a broadcast. */
  const twoRows = async () => [
    await insertRow({ chat_id: CUSTOMER }),
    await insertRow({ ...broadcastRow(), chat_id: RECIPIENT }),
  ]

  async function killAt(step: Step) {
    const { child } = startScript(SCRIPT, [world.receiver.url, step])
    await once(child, 'exit')
  }

  /** As if the dead sender's lease had run out by now. */
  async function succeed(condition: () => Promise<boolean>) {
    await db.from('leases').update({ expires_at: 0 })
    await world.sendUntil(condition)
  }

  const callsTo = (chatId: number) => world.receiver.calls.filter(({ payload }) => payload.chat_id === chatId).length

  test('before the attempt is journalled: when the lease has run out both are sent, once', async ({ assert }) => {
    await twoRows()
    await killAt('claimed')
    assert.equal(await countOf('PROCESSING'), 2)

    await world.sendUntil(async () => (await countOf('SENT')) === 2)

    assert.deepEqual([callsTo(CUSTOMER), callsTo(RECIPIENT)], [1, 1])
    assert.equal(await countOf('UNKNOWN'), 0)
  })

  test('after it, before anything is written: the broadcast message is unknown and not sent', async ({ assert }) => {
    const [payment, news] = await twoRows()
    await killAt('attempted')

    await succeed(async () => (await valueOf(payment, 'status')) === 'SENT')

    assert.include(await rowOf(news), { status: 'UNKNOWN', reason: 'worker_died', attempts: 1 })
    assert.deepEqual([callsTo(CUSTOMER), callsTo(RECIPIENT)], [1, 0])
    assert.include(await rowOf(payment), { attempts: 1 })
  })

  test('with the request written: never a second broadcast message, the other one again', async ({ assert }) => {
    const [payment, news] = await twoRows()
    world.receiver.answer(() => new Promise(() => {}))
    const { child } = startScript(SCRIPT, [world.receiver.url, 'never'])
    await eventually(() => callsTo(CUSTOMER) === 1 && callsTo(RECIPIENT) === 1)
    await endProcess(child, 'SIGKILL')
    world.receiver.answer(() => undefined)

    await succeed(async () => (await valueOf(payment, 'status')) === 'SENT')

    assert.equal(await valueOf(news, 'status'), 'UNKNOWN')
    assert.deepEqual([callsTo(CUSTOMER), callsTo(RECIPIENT)], [2, 1])
  })

  test('with the answer in hand: the same, since nobody wrote it down', async ({ assert }) => {
    const [payment, news] = await twoRows()
    await killAt('answered')

    await succeed(async () => (await valueOf(payment, 'status')) === 'SENT')

    assert.equal(await valueOf(news, 'status'), 'UNKNOWN')
    assert.deepEqual([callsTo(CUSTOMER), callsTo(RECIPIENT)], [2, 1])
    assert.deepEqual(
      world.broadcasts.outcomes.map(({ rowId, status }) => [rowId, status]),
      [[news, 'UNKNOWN']]
    )
  })

  test('an edit of a broadcast can be repeated without harm, so it is', async ({ assert }) => {
    const edit = await insertRow({ ...broadcastRow(), operation: 'edit', target_message_id: 5 })
    await killAt('answered')

    await succeed(async () => (await valueOf(edit, 'status')) === 'SENT')

    assert.equal(await countOf('UNKNOWN'), 0)
  })

  test('given a stalled sender wakes up after its successor began, then it changes nothing', async ({ assert }) => {
    const [payment] = await twoRows()
    const late = Promise.withResolvers<undefined>()
    world.receiver.answer((_, index) => (index < 2 ? late.promise : undefined))
    const { child } = startScript(SCRIPT, [world.receiver.url, 'never'])
    await eventually(() => world.receiver.calls.length === 2)
    child.kill('SIGSTOP')
    await succeed(async () => (await valueOf(payment, 'status')) === 'SENT')
    const before = await db.from('notifications').orderBy('id')
    late.resolve(undefined)
    child.kill('SIGCONT')
    await endProcess(child, 'SIGTERM')

    assert.deepEqual(await db.from('notifications').orderBy('id'), before)
  })
})
