import { test } from '@japa/runner'
import type { Update } from 'grammy/types'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { UpdateProcessor, type UpdateHandler } from '#bot/inbox/update_processor'
import { UpdateStore } from '#bot/inbox/update_store'
import { resetDatabase } from '#tests/support/database'
import { MINUTE, SECOND, TestClock } from '#tests/support/test_clock'
import { ANNA, callbackUpdate, textUpdate } from '#tests/support/updates'

const BOT_ID = 123456789
const TTL = 10 * SECOND
const boris = { ...ANNA, id: 6_000_000_002 }

test.group('UpdateProcessor', (group) => {
  let clock: TestClock
  let store: UpdateStore
  let processor: UpdateProcessor | undefined

  group.each.setup(() => resetDatabase())
  group.each.setup(() => {
    clock = new TestClock()
    store = new UpdateStore(BOT_ID, clock)
    return () => processor?.stop()
  })

  function given(handler: Partial<UpdateHandler>, concurrency = 20) {
    const nothing = async () => {}
    processor = new UpdateProcessor(store, { handle: nothing, expire: nothing, ...handler }, clock, logger.use(), {
      concurrency,
      sweepEveryMs: 10,
    })
    return processor
  }

  const outcomes = async () => {
    const rows = await db.from('bot_updates').orderBy('update_id')
    return rows.map((row) => row.outcome)
  }

  async function untilFinished() {
    while (await db.from('bot_updates').whereNull('finished_at').first()) await new Promise(setImmediate)
  }

  test('given one chat, when many come, then they are handled in order and never at once', async ({ assert }) => {
    let inHand = 0
    const seen: string[] = []
    const handle = async (update: Update) => {
      assert.equal(++inHand, 1)
      await new Promise(setImmediate)
      seen.push(update.message!.text!)
      inHand--
    }
    await store.add(['1', '2', '3', '4'].map((text) => textUpdate(text)))
    given({ handle }).start()
    await untilFinished()
    assert.deepEqual(seen, ['1', '2', '3', '4'])
    assert.deepEqual(await outcomes(), ['done', 'done', 'done', 'done'])
  })

  test('given two processors, when both work, then each update is handled once', async ({ assert }) => {
    const seen: number[] = []
    const handle = async (update: Update) => void seen.push(update.update_id)
    const people = Array.from({ length: 5 }, (_, index) => ({ ...ANNA, id: 100 + index }))
    const updates = people.flatMap((person) => [textUpdate('1', person), textUpdate('2', person)])
    const other = given({ handle })
    const mine = given({ handle })

    other.start()
    mine.start()
    const chats = await store.add(updates)
    mine.wake(chats)
    other.wake(chats)
    await untilFinished()
    await other.stop()

    assert.sameMembers(
      seen,
      updates.map((update) => update.update_id)
    )
    assert.lengthOf(seen, updates.length)
  })

  test('given a chat that hangs, when another writes, then it is not kept waiting', async ({ assert }) => {
    const { promise: release, resolve } = Promise.withResolvers<void>()
    const { promise: served, resolve: serve } = Promise.withResolvers<number>()
    const handle = async (update: Update) => (update.message!.from!.id === ANNA.id ? release : serve(boris.id))
    await store.add([textUpdate('slow'), textUpdate('quick', boris)])
    given({ handle }).start()
    assert.equal(await served, boris.id)
    resolve()
    await untilFinished()
  })

  test('given more chats than may run at once, when started, then only so many run and all are served', async ({
    assert,
  }) => {
    const { promise: release, resolve } = Promise.withResolvers<void>()
    let inHand = 0
    let most = 0
    const handle = async () => {
      most = Math.max(most, ++inHand)
      await release
      inHand--
    }
    await store.add(Array.from({ length: 9 }, (_, index) => textUpdate('x', { ...ANNA, id: 100 + index })))
    given({ handle }, 2).start()
    while (inHand < 2) await new Promise(setImmediate)
    for (let look = 0; look < 20; look++) await store.backlog()
    resolve()
    await untilFinished()
    assert.equal(most, 2)
  })

  test('given a handler that fails, when it throws, then the next update is handled', async ({ assert }) => {
    const handle = async (update: Update) => {
      if (update.message!.text === 'bad') throw new Error('no luck')
    }
    await store.add([textUpdate('bad'), textUpdate('good')])
    given({ handle }).start()
    await untilFinished()
    assert.deepEqual(await outcomes(), ['failed', 'done'])
  })

  test('given a press that waited too long, when its turn comes, then it expires and a message does not', async ({
    assert,
  }) => {
    const expired: string[] = []
    const handled: string[] = []
    await store.add([callbackUpdate('old'), textUpdate('old text')])
    clock.advance(2 * MINUTE + 1)
    await store.add([callbackUpdate('new')])
    given({
      expire: async (update) => void expired.push(update.callback_query!.data!),
      handle: async (update) => void handled.push(update.callback_query?.data ?? update.message!.text!),
    }).start()
    await untilFinished()
    assert.deepEqual(expired, ['old'])
    assert.deepEqual(handled, ['old text', 'new'])
    assert.deepEqual(await outcomes(), ['expired', 'done', 'done'])
  })

  test('given an update that killed three processes, when its turn comes, then it is given up', async ({ assert }) => {
    await store.add([textUpdate('poison'), textUpdate('good')])
    for (let death = 0; death < 3; death++) {
      await store.claim(ANNA.id, `p${death}`, TTL)
      clock.advance(TTL)
    }
    const seen: string[] = []
    given({ handle: async (update) => void seen.push(update.message!.text!) }).start()
    await untilFinished()
    assert.deepEqual(seen, ['good'])
    assert.deepEqual(await outcomes(), ['abandoned', 'done'])
  })

  test('given work in hand, when stopped, then it is finished and the rest left to the next process', async ({
    assert,
  }) => {
    const { promise: started, resolve: start } = Promise.withResolvers<void>()
    const { promise: release, resolve } = Promise.withResolvers<void>()
    const handle = async () => {
      start()
      await release
    }
    await store.add([textUpdate('in hand'), textUpdate('later')])
    const first = given({ handle })
    first.start()
    await started
    const stopped = first.stop()
    resolve()
    await stopped
    assert.deepEqual(await outcomes(), ['done', null])

    given({}).start()
    await untilFinished()
    assert.deepEqual(await outcomes(), ['done', 'done'])
  })
})
