import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { FallbackSlots } from '#notifications/pace/fallback_slots'
import { RedisSlots } from '#notifications/pace/redis_slots'
import { SlotStore } from '#notifications/pace/slots'
import { TestClock } from '#tests/support/test_clock'

class Store extends SlotStore {
  isDown = false
  reservations: number[] = []
  pauses = 0
  asked = 0

  async reserve() {
    this.asked++
    if (this.isDown) throw new Error('down')
    this.reservations.push(performance.now())
    return { reserved: true, waitUs: 0, firstUs: 0 }
  }

  async pause() {
    if (this.isDown) throw new Error('down')
    this.pauses++
  }
}

const free = { lane: 'free', count: 1, spacingUs: 1 } as const

test.group('Slots in Redis and the database', () => {
  const setUp = async () => {
    const [redis, database, clock] = [new Store(), new Store(), new TestClock(0)]
    const logger = await app.container.make('logger')
    return { redis, database, clock, slots: new FallbackSlots(redis, database, logger, () => clock.now()) }
  }

  test('while Redis is down the database keeps the pace, a second apart from it', async ({ assert }) => {
    const { redis, database, clock, slots } = await setUp()
    await slots.reserve(free)
    redis.isDown = true
    await slots.reserve(free)
    await slots.reserve(free)
    redis.isDown = false
    clock.advance(5000)
    await slots.reserve(free)

    assert.lengthOf(database.reservations, 2)
    assert.isAtLeast(database.reservations[0] - redis.reservations[0], 995)
    assert.isAtLeast(redis.reservations.at(-1)! - database.reservations[1], 995)
  })

  test('while Redis is down it is asked again every five seconds, not for each slot', async ({ assert }) => {
    const { redis, database, clock, slots } = await setUp()
    redis.isDown = true
    await Promise.all([slots.reserve(free), slots.reserve(free)])
    const asked = redis.asked
    for (let i = 0; i < 10; i++) await slots.reserve(free)
    assert.equal(redis.asked, asked)

    clock.advance(5000)
    await slots.reserve(free)
    await slots.reserve(free)
    assert.equal(redis.asked, asked + 1)
    assert.lengthOf(database.reservations, 14)
  })

  test('given a changeover, then nobody takes slots of the database before its silence is over', async ({ assert }) => {
    const { redis, database, slots } = await setUp()
    await slots.reserve(free)
    redis.isDown = true
    const first = slots.reserve(free)
    await new Promise((resolve) => setImmediate(resolve))
    await Promise.all([first, slots.reserve(free)])

    assert.isAtLeast(Math.min(...database.reservations) - redis.reservations[0], 995)
  })

  test('given no connection to Redis, then no script waits for it', async ({ assert }) => {
    let scripts = 0
    const connection = { isReady: () => false, eval: async () => scripts++ }
    await assert.rejects(() => new RedisSlots(connection).reserve(free), /could not be reached/)

    assert.equal(scripts, 0)
  })

  test('a pause holds for both', async ({ assert }) => {
    const { redis, database, slots } = await setUp()
    redis.isDown = true
    await slots.pause(1000)

    assert.equal(database.pauses, 1)
  })
})
