import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Audit } from '#core/contracts/audit'
import { FanOutBatch } from '#broadcasts/actions/fan_out_batch'
import { CancelBroadcast } from '#broadcasts/actions/cancel_broadcast'
import { PauseBroadcast } from '#broadcasts/actions/pause_broadcast'
import { ResumeBroadcast } from '#broadcasts/actions/resume_broadcast'
import { StartBroadcast } from '#broadcasts/actions/start_broadcast'
import { BATCH_SIZE } from '#broadcasts/fan_out/batch'
import { capRule } from '#broadcasts/audience/daily_cap'
import { dailyCap } from '#broadcasts/settings'
import { FanOut } from '#broadcasts/ticks/fan_out'
import { TRIES_BEFORE_PAUSE } from '#broadcasts/ticks/guard'
import type Broadcast from '#broadcasts/models/broadcast'
import { ADMIN, BLOCKED, BroadcastWorld, SENT, UNKNOWN } from '#tests/support/broadcasts/world'
import { insertCustomers } from '#tests/support/broadcasts/many_customers'
import { DAY, HOUR } from '#tests/support/test_clock'

const breakAudience = ({ id }: Broadcast, changes: Record<string, unknown> = {}) =>
  db
    .from('broadcasts')
    .where('id', id)
    .update({ audience: 'null', ...changes })

test.group('Fan-out', (group) => {
  const world = new BroadcastWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const recipientsOf = async (broadcast: Broadcast) => {
    const rows = await world.rows(broadcast)
    return rows.map((row) => row.customerId)
  }

  test('writes a lean row for everybody who may get it', async ({ assert }) => {
    const [one, other] = await world.customers(2)
    await world.customer({ bannedAt: 1 })
    await world.customer({ unreachableAt: 1 })
    await world.customer({ anonymisedAt: 1 })
    const optedOut = await world.customer()
    const elsewhere = await world.customer()
    await db.table('customer_opt_outs').insert([
      { customer_id: optedOut.id, category: 'offers', created_at: 1 },
      { customer_id: elsewhere.id, category: 'events', created_at: 1 },
    ])

    const broadcast = await world.sending({ category: 'offers' })

    assert.deepEqual(await recipientsOf(broadcast), [one.id, other.id, elsewhere.id])
    const [row] = await world.rows(broadcast)
    assert.containSubset(row.serialize(), {
      type: 'BROADCAST',
      status: 'PENDING',
      operation: 'send',
      priority: 90,
      chatId: one.telegramId,
      broadcastVersion: 1,
      attempts: 0,
      scheduledAt: world.clock.now(),
      createdAt: world.clock.now(),
      template: null,
      params: null,
      dedupeKey: null,
    })
    assert.containSubset(await world.counters(broadcast), { written: 3, sent: 0 })
  })

  test('goes to a segment of all conditions', async ({ assert }) => {
    const match = await world.customer({ language: 'ru', lastActiveAt: world.clock.now() - DAY })
    await world.customer({ language: 'uk', lastActiveAt: world.clock.now() - DAY })
    await world.customer({ language: 'ru', lastActiveAt: world.clock.now() - 40 * DAY })
    const broadcast = await world.sending({
      audience: {
        kind: 'segment',
        conditions: [
          { key: 'customers.language_is', parameters: { language: 'ru' } },
          { key: 'customers.active_within', parameters: { days: 30 } },
        ],
      },
    })
    assert.deepEqual(await recipientsOf(broadcast), [match.id])
  })

  test('goes to those who did, or did not, receive another', async ({ assert }) => {
    const [got, blocked, unknown] = await world.customers(3)
    const earlier = await world.completed({}, (row) =>
      row.customerId === got.id ? SENT : row.customerId === blocked.id ? BLOCKED : UNKNOWN
    )
    const late = await world.customer()
    const segment = (key: string) => ({
      kind: 'segment' as const,
      conditions: [{ key, parameters: { broadcast: earlier.id } }],
    })
    const received = await world.sending({ audience: segment('broadcasts.received') })
    const notReceived = await world.sending({ audience: segment('broadcasts.not_received') })
    assert.deepEqual(await recipientsOf(received), [got.id])
    assert.deepEqual(await recipientsOf(notReceived), [blocked.id, unknown.id, late.id])
  })

  test('goes to one customer without looking at the others', async ({ assert }) => {
    const [, one] = await world.customers(3)
    const broadcast = await world.sending({ audience: { kind: 'customer', customerId: one.id } })
    assert.deepEqual(await recipientsOf(broadcast), [one.id])
  })

  test('takes many batches, each once, and leaves out who came later', async ({ assert }) => {
    const total = BATCH_SIZE * 2 + 10
    await insertCustomers(total)
    const broadcast = await world.draft()
    await world.schedule(broadcast)
    const start = await world.make(StartBroadcast)
    await start.handle(broadcast.id)
    await insertCustomers(5)
    const batch = await world.make(FanOutBatch)

    const progress = [await batch.handle(broadcast.id), await batch.handle(broadcast.id)]
    progress.push(await batch.handle(broadcast.id), await batch.handle(broadcast.id))

    assert.deepEqual(progress, ['more', 'more', 'done', 'stopped'])
    const [{ count, different }] = await db
      .from('notifications')
      .where('broadcast_id', broadcast.id)
      .count('* as count')
      .countDistinct('customer_id as different')
    assert.deepEqual([Number(count), Number(different)], [total, total])
    assert.containSubset(await world.counters(broadcast), { written: total })
  })

  test('writes everybody once when several workers run it', async ({ assert }) => {
    const total = BATCH_SIZE * 2 + 1
    await insertCustomers(total)
    const broadcast = await world.draft()
    await world.schedule(broadcast)
    const start = await world.make(StartBroadcast)
    await start.handle(broadcast.id)

    await Promise.all(Array.from({ length: 4 }, () => world.fanOut()))

    const [{ count, different }] = await db
      .from('notifications')
      .where('broadcast_id', broadcast.id)
      .count('* as count')
      .countDistinct('customer_id as different')
    assert.deepEqual([Number(count), Number(different)], [total, total])
  })

  test('stops while paused and goes on where it was', async ({ assert }) => {
    await insertCustomers(BATCH_SIZE + 10)
    const broadcast = await world.draft()
    await world.schedule(broadcast)
    const start = await world.make(StartBroadcast)
    await start.handle(broadcast.id)
    const batch = await world.make(FanOutBatch)
    await batch.handle(broadcast.id)
    const pause = await world.make(PauseBroadcast)
    await pause.handle({ broadcastId: broadcast.id, actor: ADMIN })

    await world.fanOut()
    assert.equal(await batch.handle(broadcast.id), 'stopped')
    assert.lengthOf(await world.rows(broadcast), BATCH_SIZE)

    const resume = await world.make(ResumeBroadcast)
    await resume.handle({ broadcastId: broadcast.id, actor: ADMIN })
    await world.fanOut()
    assert.lengthOf(await world.rows(broadcast), BATCH_SIZE + 10)
  })

  test('ends when it is cancelled meanwhile', async ({ assert }) => {
    await insertCustomers(BATCH_SIZE * 3)
    const broadcast = await world.draft()
    await world.schedule(broadcast)
    const start = await world.make(StartBroadcast)
    await start.handle(broadcast.id)
    const cancel = await world.make(CancelBroadcast)
    const batch = await world.make(FanOutBatch)
    await batch.handle(broadcast.id)

    await Promise.all([world.fanOut(), cancel.handle({ broadcastId: broadcast.id, actor: ADMIN })])
    await world.fanOut()
    await world.windUp()

    await broadcast.refresh()
    assert.equal(broadcast.status, 'cancelled')
    const rows = await db
      .from('notifications')
      .where('broadcast_id', broadcast.id)
      .groupBy('status')
      .select('status')
      .count('* as total')
    assert.deepEqual(
      rows.map(({ status }) => status),
      ['CANCELLED']
    )
    const counters = await world.counters(broadcast)
    assert.equal(counters.cancelled, counters.written)
    assert.equal(Number(rows[0].total), counters.written)
  })

  test('of one broadcast that fails does not hold up another', async ({ assert }) => {
    await world.customer()
    const [broken, fine] = [await world.draft(), await world.draft()]
    await world.schedule(broken)
    await world.schedule(fine)
    await db
      .from('broadcasts')
      .where('id', broken.id)
      .update({
        audience: JSON.stringify({ kind: 'segment', conditions: [{ key: 'gone.condition', parameters: {} }] }),
      })

    await world.start()

    assert.lengthOf(await world.rows(broken), 0)
    assert.lengthOf(await world.rows(fine), 1)
    const alert = await db.from('admin_alerts').where('fingerprint', `broadcast:${broken.id}:fan_out`).first()
    assert.isNotNull(alert)
  })

  test('of a broadcast that keeps failing is paused with the reason in the audit log', async ({ assert }) => {
    await world.customer()
    const broken = await world.sending()
    const audience = JSON.stringify({ kind: 'segment', conditions: [{ key: 'gone.condition', parameters: {} }] })
    await breakAudience(broken, { audience, fanned_out_at: null, run_cursor: 0 })
    const tick = await world.make(FanOut)
    for (let tries = 1; tries < TRIES_BEFORE_PAUSE; tries++) await tick.run(world.never)
    await broken.refresh()
    assert.equal(broken.status, 'sending')

    await tick.run(world.never)

    await broken.refresh()
    assert.equal(broken.status, 'paused')
    assert.include(broken.pauseReason, 'gone.condition')
    const { after } = await db.from('audit_entries').where('action', 'broadcast.paused').first()
    assert.match(JSON.stringify(after), /reason/)
    const alert = await db.from('admin_alerts').where('fingerprint', `broadcast:${broken.id}:fan_out`).first()
    assert.equal(alert.occurrences, TRIES_BEFORE_PAUSE)
  })

  test('given one that can’t be started, when others are due too, then they are', async ({ assert }) => {
    await world.customer()
    const [broken, fine] = [await world.draft(), await world.draft()]
    await world.schedule(broken)
    await world.schedule(fine)
    await breakAudience(broken)

    await world.start()

    await Promise.all([broken.refresh(), fine.refresh()])
    assert.deepEqual([broken.status, fine.status], ['scheduled', 'sending'])
    assert.isNotNull(await db.from('admin_alerts').where('fingerprint', `broadcast:${broken.id}:start`).first())
  })

  test('given one that can’t be closed, when others are through too, then they are', async ({ assert }) => {
    await world.customer()
    const [broken, fine] = [await world.sending(), await world.sending()]
    await world.deliver()
    const audit = await app.container.make(Audit)
    app.container.swap(Audit, () => ({
      async record(trx, entry) {
        if (entry.action === 'broadcast.completed' && entry.subjectId === broken.id) throw new Error('no room left')
        await audit.record(trx, entry)
      },
    }))
    await world.windUp()
    app.container.restore(Audit)

    await Promise.all([broken.refresh(), fine.refresh()])
    assert.deepEqual([broken.status, fine.status], ['sending', 'completed'])
    assert.isNotNull(await db.from('admin_alerts').where('fingerprint', `broadcast:${broken.id}:wind_up`).first())
  })

  test('gives nobody the same key twice, over all broadcasts', async ({ assert }) => {
    const [got, failed, unknown, waiting] = await world.customers(4)
    const first = await world.completed({ sendOnceKey: 'autumn' }, (row) => {
      if (row.customerId === failed.id) return BLOCKED
      if (row.customerId === unknown.id) return UNKNOWN
      return row.customerId === waiting.id ? null : SENT
    })
    assert.lengthOf(await world.rows(first), 4)
    const late = await world.customer()

    const second = await world.sending({ sendOnceKey: 'autumn' })
    const other = await world.sending({ sendOnceKey: 'winter' })

    assert.deepEqual(await recipientsOf(second), [failed.id, late.id], 'only a permanent failure frees the key')
    assert.deepEqual(await recipientsOf(other), [got.id, failed.id, unknown.id, waiting.id, late.id])
  })

  test('gives nobody the same key twice when two broadcasts race for it', async ({ assert }) => {
    const total = BATCH_SIZE + 50
    await insertCustomers(total)
    const start = await world.make(StartBroadcast)
    const [one, other] = [await world.draft({ sendOnceKey: 'race' }), await world.draft({ sendOnceKey: 'race' })]
    for (const broadcast of [one, other]) {
      await world.schedule(broadcast)
      await start.handle(broadcast.id)
    }
    const batch = await world.make(FanOutBatch)
    const run = async (id: number) => {
      while ((await batch.handle(id)) === 'more');
    }

    await Promise.all([run(one.id), run(other.id)])

    const [{ count, different }] = await db
      .from('notifications')
      .count('* as count')
      .countDistinct('customer_id as different')
    assert.deepEqual([Number(count), Number(different)], [total, total])
  })

  test('leaves out who has had the day’s number, by their own day', async ({ assert }) => {
    await world.set(dailyCap, 1)
    const here = await world.customer({ timeZone: 'UTC' })
    const tokyo = await world.customer({ timeZone: 'Asia/Tokyo' })
    const missed = await world.customer({ timeZone: 'UTC' })
    await world.completed({}, (row) => (row.customerId === missed.id ? BLOCKED : SENT))

    const today = await world.sending()
    assert.deepEqual(await recipientsOf(today), [missed.id])

    world.clock.advance(5 * HOUR)
    const evening = await world.sending()
    assert.deepEqual(await recipientsOf(evening), [tokyo.id, missed.id], 'in Tokyo it is tomorrow')

    world.clock.advance(8 * HOUR)
    const tomorrow = await world.sending()
    assert.includeMembers(await recipientsOf(tomorrow), [here.id])
  })

  test('need not count the day’s number for a broadcast that ended long ago, however it did', async ({ assert }) => {
    await world.customer()
    const cancelled = await world.sending()
    const cancel = await world.make(CancelBroadcast)
    await cancel.handle({ broadcastId: cancelled.id, actor: ADMIN })
    const rule = { broadcastId: null, cap: 1, zones: [], fallbackZone: 'UTC' }
    const capAt = (now: number) => capRule(db.connection(), { ...rule, now })

    assert.isNotNull(await capAt(world.clock.now() + 47 * HOUR))
    assert.isNull(await capAt(world.clock.now() + 49 * HOUR))

    await db.from('broadcasts').where('id', cancelled.id).update({ status: 'sending' })
    assert.isNotNull(await capAt(world.clock.now() + 49 * HOUR), 'it was begun anew')
  })

  test('puts rows of the quiet hours off until they are over', async ({ assert }) => {
    const asleep = await world.customer({ timeZone: 'Asia/Tokyo' })
    const awake = await world.customer({ timeZone: 'Europe/Kyiv' })
    const broadcast = await world.sending({ quietHours: { from: '20:30', to: '07:15' } })

    const rows = await world.rows(broadcast)
    const timeOf = (id: number) => rows.find((row) => row.customerId === id)?.scheduledAt
    assert.equal(timeOf(awake.id), world.clock.now())
    assert.equal(timeOf(asleep.id), Date.UTC(2026, 5, 1, 22, 15))
  })
})
