import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'
import { ChooseWinner } from '#broadcasts/actions/choose_winner'
import { bucketOf, bucketSql, variantOf, variantSql } from '#broadcasts/fan_out/variant_split'
import { insertCustomers } from '#tests/support/broadcasts/many_customers'
import { ADMIN, BroadcastWorld, text } from '#tests/support/broadcasts/world'

const TEXTS = [text('side A'), text('side B', { variant: 'B' })]

test.group('A/B test', (group) => {
  const world = new BroadcastWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('draws alike in the database and here, and evenly', async ({ assert }) => {
    await insertCustomers(3000)
    const split = { id: 7, abShare: 20, abWinner: 'B' as const }
    const rows = rowsOf<{ id: number; bucket: number; variant: string }>(
      await db.rawQuery(
        `SELECT id, ${bucketSql(7, 'id')} AS bucket, ${variantSql(split, 'id')} AS variant FROM customers`
      )
    )
    for (const { id, bucket, variant } of rows) {
      assert.equal(Number(bucket), bucketOf(7, id))
      assert.equal(variant, variantOf(split, id))
    }
    const inSample = rows.filter(({ bucket }) => Number(bucket) < 20).length
    assert.isAbove(inSample, 3000 * 0.17)
    assert.isBelow(inSample, 3000 * 0.23)
  })

  test('serves the sample, waits, and sends the winner to the rest', async ({ assert }) => {
    await insertCustomers(300)
    const broadcast = await world.completed({ abShare: 30, variants: TEXTS })
    assert.equal(broadcast.status, 'sending')
    assert.isTrue(broadcast.awaitsWinner)
    const { length: sample } = await world.rows(broadcast)
    assert.isAbove(sample, 60)
    assert.isBelow(sample, 120)
    const counters = await db.from('broadcast_counters').where('broadcast_id', broadcast.id).orderBy('variant')
    assert.deepEqual(
      counters.map(({ variant }) => variant),
      ['A', 'B']
    )
    assert.equal(Number(counters[0].sent) + Number(counters[1].sent), sample)
    assert.isAbove(Number(counters[1].sent), sample / 3)

    const choose = await world.make(ChooseWinner)
    const chosen = await choose.handle({ broadcastId: broadcast.id, winner: 'B', actor: ADMIN })
    assert.isTrue(chosen.ok)
    await world.fanOut()
    const decisions = await world.deliver()
    await world.windUp()

    assert.isTrue(decisions.every((decision) => decision.kind === 'send' && decision.message?.html === 'side B'))
    await broadcast.refresh()
    assert.equal(broadcast.status, 'completed')
    const [{ different }] = await db
      .from('notifications')
      .where('broadcast_id', broadcast.id)
      .countDistinct('customer_id as different')
    assert.equal(Number(different), 300)
    assert.containSubset(await world.counters(broadcast), { written: 300, sent: 300 })
    const again = await choose.handle({ broadcastId: broadcast.id, winner: 'A', actor: ADMIN })
    assert.isFalse(again.ok)
  })

  test('gives the two sides their own text', async ({ assert }) => {
    await insertCustomers(60)
    const broadcast = await world.sending({ abShare: 100, variants: TEXTS })
    const rows = await world.due()
    const decisions = await world.decide(rows)
    for (const row of rows) {
      const decision = decisions.get(row.id)!
      const expected = `side ${variantOf(broadcast, row.customerId)}`
      assert.equal(decision.kind === 'send' && decision.message?.html, expected)
    }
    assert.lengthOf(rows, 60)
    await world.deliver()
    await world.windUp()
    await broadcast.refresh()
    assert.equal(broadcast.status, 'completed')
  })

  test('with a send-once key reaches the rest once, too', async ({ assert }) => {
    await insertCustomers(80)
    const broadcast = await world.completed({ abShare: 50, variants: TEXTS, sendOnceKey: 'ab' })
    const choose = await world.make(ChooseWinner)
    await choose.handle({ broadcastId: broadcast.id, winner: 'A', actor: ADMIN })
    await world.fanOut()
    const rows = await world.rows(broadcast)
    assert.lengthOf(rows, 80)
    assert.equal(new Set(rows.map((row) => row.customerId)).size, 80)
  })
})
