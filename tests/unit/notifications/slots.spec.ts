import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { SlotStore } from '#notifications/pace/slots'
import { resetDatabase } from '#tests/support/database'
import { runScript } from '#tests/support/processes'

const SPACING_US = 1_000_000 / 29
const free = { lane: 'free', count: 1, spacingUs: SPACING_US } as const
const SECOND_US = 1_000_000

test.group('Slots', (group) => {
  let slots: SlotStore
  group.each.setup(async () => {
    await resetDatabase()
    slots = await app.container.make(SlotStore)
  })

  test('given many processes at once, then no second holds more than 30 of their slots', async ({ assert }) => {
    const script = new URL('scripts/reserve_slots.ts', import.meta.url)
    const shares = await Promise.all([1, 2, 3].map(() => runScript<number[]>(script, [60])))
    const moments = shares.flat().sort((a, b) => a - b)

    assert.lengthOf(moments, 540)
    for (const [i, moment] of moments.entries()) {
      if (i > 0) assert.isAtLeast(moment - moments[i - 1], SPACING_US - 1)
      if (i >= 30) assert.isAtLeast(moment - moments[i - 30], SECOND_US)
    }
  })

  test('slots that nobody took are gone', async ({ assert }) => {
    const { firstUs } = await slots.reserve(free)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const next = await slots.reserve(free)

    assert.isAtLeast(next.firstUs - firstUs, 290_000)
    assert.equal(next.waitUs, 0)
  })

  test('a lane does not wait for the other one', async ({ assert }) => {
    await slots.reserve({ ...free, count: 300 })
    const { waitUs } = await slots.reserve({ ...free, lane: 'paid' })

    assert.equal(waitUs, 0)
  })

  test('nothing is reserved when the caller would wait too long', async ({ assert }) => {
    const { firstUs } = await slots.reserve({ ...free, count: 290 })
    const refused = await slots.reserve({ ...free, maxWaitUs: SECOND_US })
    const after = await slots.reserve(free)

    assert.isFalse(refused.reserved)
    assert.isAbove(refused.waitUs, SECOND_US)
    assert.closeTo(after.firstUs - firstUs, 290 * SPACING_US, 2)
  })

  test('a pause holds all lanes, and a shorter one later does not shorten it', async ({ assert }) => {
    await slots.reserve(free)
    await slots.pause(60_000)
    await slots.pause(1_000)

    for (const lane of ['free', 'paid'] as const) {
      const { waitUs } = await slots.reserve({ ...free, lane })
      assert.isAbove(waitUs, 50 * SECOND_US)
    }
  })

  test('a clock that was set back does not silence the bot', async ({ assert }) => {
    await slots.reserve(free)
    await db.from('telegram_pace').update({ next_slot_us: (Date.now() + 3_600_000) * 1000 })
    const { waitUs } = await slots.reserve(free)

    assert.isAtMost(waitUs, 60 * SECOND_US)
  }).skip(Boolean(process.env.REDIS_URL), 'the row is in Redis')
})
