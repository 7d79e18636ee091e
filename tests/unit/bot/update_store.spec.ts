import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { UpdateStore } from '#bot/inbox/update_store'
import { resetDatabase } from '#tests/support/database'
import { MINUTE, SECOND, TestClock } from '#tests/support/test_clock'
import { ANNA, textUpdate } from '#tests/support/updates'

const BOT_ID = 123456789
const TTL = 10 * SECOND
const boris = { ...ANNA, id: 6_000_000_002 }

test.group('UpdateStore', (group) => {
  let clock: TestClock
  let store: UpdateStore

  group.each.setup(() => resetDatabase())
  group.each.setup(() => {
    clock = new TestClock()
    store = new UpdateStore(BOT_ID, clock)
  })

  test('given an update, when it is delivered again, then it is kept once', async ({ assert }) => {
    const update = textUpdate('hello')
    assert.deepEqual(await store.add([update]), [ANNA.id])
    assert.deepEqual(await store.add([update, update]), [])
    assert.deepEqual(await store.add([update, textUpdate('more', boris)]), [boris.id])
    assert.lengthOf(await db.from('bot_updates'), 2)
  })

  test('given the same update id of another bot, when it is delivered, then it is kept', async ({ assert }) => {
    const update = textUpdate('hello')
    await store.add([update])
    assert.deepEqual(await new UpdateStore(42, clock).add([update]), [ANNA.id])
    assert.isNull(await new UpdateStore(43, clock).claim(ANNA.id, 'me', TTL))
  })

  test('given text that databases choke on, when kept and claimed, then it is the same', async ({ assert }) => {
    const update = textUpdate(`\0 \ud800 🏳️‍🌈 שלום ${'x'.repeat(4096)}`)
    await store.add([update])
    const claimed = await store.claim(ANNA.id, 'me', TTL)
    assert.deepEqual(claimed!.update, JSON.parse(JSON.stringify(update)))
  })

  test('given several updates of a chat, when one is claimed, then the chat is taken', async ({ assert }) => {
    const [first, second] = [textUpdate('1'), textUpdate('2')]
    await store.add([second, first])

    const claimed = await store.claim(ANNA.id, 'me', TTL)
    assert.equal(claimed!.update.update_id, first.update_id)
    assert.isNull(await store.claim(ANNA.id, 'another', TTL))
    assert.deepEqual(await store.waitingChats(10), [ANNA.id])

    await store.finish(claimed!.id, 'done')
    const next = await store.claim(ANNA.id, 'another', TTL)
    assert.equal(next!.update.update_id, second.update_id)
  })

  test('given many claimants at once, when they race, then exactly one wins', async ({ assert }) => {
    await store.add([textUpdate('1'), textUpdate('2')])
    const claims = await Promise.all(Array.from({ length: 8 }, (_, index) => store.claim(ANNA.id, `p${index}`, TTL)))
    assert.lengthOf(claims.filter(Boolean), 1)
  })

  test('given a holder that died, when its claim has run out, then another goes on', async ({ assert }) => {
    await store.add([textUpdate('1')])
    const [first] = [await store.claim(ANNA.id, 'dead', TTL)]
    clock.advance(TTL - 1)
    assert.isNull(await store.claim(ANNA.id, 'me', TTL))
    clock.advance(1)
    const claimed = await store.claim(ANNA.id, 'me', TTL)
    assert.equal(claimed!.id, first!.id)
    assert.equal(claimed!.attempts, 2)
  })

  test('given a holder that lives, when it renews, then nobody takes over', async ({ assert }) => {
    await store.add([textUpdate('1')])
    const claimed = await store.claim(ANNA.id, 'slow', TTL)
    clock.advance(TTL - 1)
    await store.renew([claimed!.id], 'slow', TTL)
    clock.advance(TTL - 1)
    assert.isNull(await store.claim(ANNA.id, 'me', TTL))
  })

  test('given finished updates, when pruned, then old ones go and unfinished stay', async ({ assert }) => {
    await store.add([textUpdate('old')])
    await store.finish((await store.claim(ANNA.id, 'me', TTL))!.id, 'done')
    clock.advance(MINUTE)
    await store.add([textUpdate('open')])
    assert.equal(await store.prune(clock.now() - MINUTE, 100), 0)
    assert.equal(await store.prune(clock.now(), 100), 1)
    assert.lengthOf(await db.from('bot_updates').whereNull('finished_at'), 1)
  })
})
