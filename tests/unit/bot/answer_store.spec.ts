import { test } from '@japa/runner'
import { AnswerStore } from '#bot/answers/answer_store'
import { resetDatabase } from '#tests/support/database'
import { DAY, MINUTE, SECOND, TestClock } from '#tests/support/test_clock'

const [ANNA, BORIS] = [5_000_000_001, 5_000_000_002]
const say = (text: string) => ({ method: 'sendMessage', payload: { chat_id: ANNA, text } })

test.group('AnswerStore', (group) => {
  let clock: TestClock
  let store: AnswerStore

  group.each.setup(() => resetDatabase())
  group.each.setup(() => {
    clock = new TestClock()
    store = new AnswerStore(1, clock)
  })

  test('given two answers, when due, then the first is taken alone and the second only after it', async ({
    assert,
  }) => {
    await store.add(ANNA, say('first'), MINUTE)
    await store.add(ANNA, say('second'), 0)
    assert.isEmpty(await store.dueChats(10))
    assert.isNull(await store.claim(ANNA, SECOND))

    clock.advance(MINUTE)
    assert.deepEqual(await store.dueChats(10), [ANNA])
    const first = await store.claim(ANNA, SECOND)
    assert.deepEqual(first, { id: first!.id, chatId: ANNA, attempts: 1, ...say('first') })
    assert.isNull(await store.claim(ANNA, SECOND))
    assert.isEmpty(await store.dueChats(10))

    await store.remove(first!.id)
    const second = await store.claim(ANNA, SECOND)
    assert.deepEqual(second!.payload, say('second').payload)
    assert.isTrue(await store.owes(ANNA))
    await store.remove(second!.id)
    assert.isFalse(await store.owes(ANNA))
  })

  test('given a holder that died, when its time is over, then another takes the answer', async ({ assert }) => {
    await store.add(ANNA, say('x'), 0)
    await store.claim(ANNA, SECOND)
    clock.advance(SECOND)
    const again = await store.claim(ANNA, SECOND)
    assert.equal(again!.attempts, 2)
  })

  test('given many who want it, when they claim at once, then one gets it', async ({ assert }) => {
    await store.add(ANNA, say('x'), 0)
    const claims = await Promise.all(Array.from({ length: 8 }, () => store.claim(ANNA, SECOND)))
    assert.lengthOf(
      claims.filter((claim) => claim !== null),
      1
    )
  })

  test('given an answer tried, when put back, then a retry counts and a postponement does not', async ({ assert }) => {
    await store.add(ANNA, say('x'), 0)
    const first = await store.claim(ANNA, SECOND)
    await store.retry(first!.id, MINUTE)
    clock.advance(MINUTE)
    const second = await store.claim(ANNA, SECOND)
    await store.postpone(second!.id, MINUTE)
    assert.isNull(await store.claim(ANNA, SECOND))
    clock.advance(MINUTE)
    const third = await store.claim(ANNA, SECOND)
    assert.deepEqual([first!.attempts, second!.attempts, third!.attempts], [1, 2, 2])
  })

  test('given other chats and another bot, when one is looked at, then the others are left alone', async ({
    assert,
  }) => {
    await store.add(ANNA, say('x'), 0)
    await store.add(BORIS, say('y'), 0)
    const other = new AnswerStore(2, clock)
    assert.isFalse(await other.owes(ANNA))
    assert.isNull(await other.claim(ANNA, SECOND))
    await store.forget(ANNA)
    assert.deepEqual(await store.dueChats(10), [BORIS])
  })

  test('given old answers, when pruned, then the old ones go', async ({ assert }) => {
    await store.add(ANNA, say('old'), 0)
    clock.advance(DAY)
    await store.add(BORIS, say('new'), 0)
    assert.equal(await store.prune(clock.now(), 10), 1)
    assert.isTrue(await store.owes(BORIS))
  })
})
