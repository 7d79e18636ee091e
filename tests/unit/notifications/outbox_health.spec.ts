import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Outbox } from '#core/contracts/outbox'
import { transaction } from '#core/database/transaction'
import { OutboxCheck } from '#notifications/alerts/outbox_check'
import type { ClaimedRow } from '#notifications/sender/claimed_row'
import { SenderFigures } from '#notifications/sender/figures'
import { resultOf } from '#notifications/sender/result'
import { Heartbeat } from '#system/processes/heartbeat'
import { resetDatabase } from '#tests/support/database'
import { MINUTE, SECOND, TestClock } from '#tests/support/test_clock'

test.group('Outbox | health', (group) => {
  const started: Heartbeat[] = []
  group.each.setup(() => resetDatabase())
  group.each.teardown(async () => {
    for (const heartbeat of started.splice(0)) await heartbeat.leave()
  })

  async function world() {
    const clock = new TestClock()
    const resolver = app.container.createResolver()
    resolver.bindValue(Clock, clock)
    const check = await resolver.make(OutboxCheck)
    const heartbeat = new Heartbeat(clock, await app.container.make('logger'))
    started.push(heartbeat)
    const write = (scheduledAt: number) =>
      transaction(async (trx) => {
        const outbox = await app.container.make(Outbox)
        await outbox.write(trx, { type: 'SYSTEM', chatId: 7, template: 'plain', scheduledAt })
      })
    return { clock, check, heartbeat, write }
  }

  test('given no sender, then it is unhealthy', async ({ assert }) => {
    const { check } = await world()
    const finding = await check.check()
    assert.equal(finding.status, 'unhealthy')
  })

  test('given a message that waits for more than two minutes, then it is degraded; one for later is none', async ({
    assert,
  }) => {
    const { clock, check, heartbeat, write } = await world()
    await write(clock.now())
    await write(clock.now() + 60 * MINUTE)
    clock.advance(2 * MINUTE)
    await heartbeat.enter('sender')
    const fine = await check.check()
    assert.containSubset(fine, { status: 'healthy', details: { due: 1, oldest_due_seconds: 120, senders: 1 } })

    clock.advance(SECOND)
    const slow = await check.check()
    assert.containSubset(slow, { status: 'degraded', message: 'a message has been waiting for 121 s' })
  })

  test('given a broadcast that takes its time, then it is healthy', async ({ assert }) => {
    const { clock, check, heartbeat, write } = await world()
    await write(clock.now())
    await db.from('notifications').update({ type: 'BROADCAST', broadcast_id: 1 })
    clock.advance(30 * MINUTE)
    await heartbeat.enter('sender')
    const finding = await check.check()
    assert.containSubset(finding, { status: 'healthy', details: { due: 0, broadcast_due: 1 } })
  })
})

test.group('Sender figures', () => {
  const row = { type: 'SYSTEM' } as unknown as ClaimedRow
  const [sent, failed, waits] = (['SENT', 'FAILED', 'PENDING'] as const).map((status) =>
    resultOf({ ...row, attempts: 0, scheduledAt: 0, chatId: 1 } as ClaimedRow, { status })
  )

  test('tell of the last minute and forget what is older', ({ assert }) => {
    let now = 1_000_000
    const figures = new SenderFigures(() => now)
    figures.record(Array.from({ length: 60 }, () => sent))
    now += 30 * SECOND
    figures.record([sent, failed, waits])
    assert.deepEqual(figures.read(), { sent_last_minute: 61, failed_last_minute: 1, per_second: 1 })
    now += 30 * SECOND
    assert.deepEqual(figures.read(), { sent_last_minute: 1, failed_last_minute: 1, per_second: 0 })
    now += 60 * SECOND
    assert.deepEqual(figures.read(), { sent_last_minute: 0, failed_last_minute: 0, per_second: 0 })
  })
})
