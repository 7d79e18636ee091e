import { test } from '@japa/runner'
import { once } from 'node:events'
import app from '@adonisjs/core/services/app'
import { Clock } from '#core/clock'
import { Heartbeat } from '#system/processes/heartbeat'
import { LiveProcessesQuery } from '#system/processes/live_processes_query'
import ProcessRow from '#system/processes/process_row'
import { SILENCE_MS } from '#system/processes/liveness'
import { QueueCheck } from '#system/health/checks/queue_check'
import { resetDatabase } from '#tests/support/database'
import { endProcess, startScript } from '#tests/support/processes'
import { HOUR, TestClock } from '#tests/support/test_clock'

async function on<T>(clock: Clock, make: new (...args: any[]) => T) {
  const resolver = app.container.createResolver()
  resolver.bindValue(Clock, clock)
  return resolver.make(make)
}

const started: Heartbeat[] = []

async function heartbeatOn(clock: Clock) {
  const heartbeat = new Heartbeat(clock, await app.container.make('logger'))
  started.push(heartbeat)
  return heartbeat
}

test.group('Processes', (group) => {
  group.each.timeout(60_000)
  group.each.setup(() => resetDatabase())
  group.each.teardown(async () => {
    for (const heartbeat of started.splice(0)) await heartbeat.leave()
  })

  test('given a heartbeat, then the others see its roles and figures until it leaves', async ({ assert }) => {
    const heartbeat = await heartbeatOn(new TestClock())
    heartbeat.publish('sender', () => ({ rate: 28.7 }))
    await heartbeat.enter('web')
    await heartbeat.enter('worker')

    const rows = await ProcessRow.all()
    assert.lengthOf(rows, 1)
    assert.deepEqual(rows[0].roles, ['web', 'worker'])
    assert.deepEqual(rows[0].figures.sender, { rate: 28.7 })
    assert.isAbove(rows[0].figures.process.rss_mb as number, 10)
    assert.equal(rows[0].pid, process.pid)

    await heartbeat.leave()
    assert.lengthOf(await ProcessRow.all(), 0)
  })

  test('given a silent process, then it counts as dead and its row goes after an hour', async ({ assert }) => {
    const clock = new TestClock()
    const silent = await heartbeatOn(clock)
    await silent.enter('worker')
    const query = new LiveProcessesQuery()
    assert.equal(await query.count('worker', clock.now()), 1)
    assert.equal(await query.count('web', clock.now()), 0)

    clock.advance(SILENCE_MS)
    assert.equal(await query.count('worker', clock.now()), 0)
    assert.lengthOf(await query.all(), 1)

    clock.advance(HOUR)
    const other = await heartbeatOn(clock)
    await other.enter('web')
    const left = await query.all()
    assert.deepEqual(
      left.map(({ id }) => id),
      [other.id]
    )
  })

  test('given a process that ends, then its row is gone; given kill -9, then it falls silent', async ({ assert }) => {
    for (const { signal, rows } of [
      { signal: 'SIGTERM', rows: 0 },
      { signal: 'SIGKILL', rows: 1 },
    ] as const) {
      await resetDatabase()
      const { child } = startScript(new URL('scripts/live.ts', import.meta.url), ['worker'])
      await once(child, 'message')
      assert.lengthOf(await ProcessRow.all(), 1)
      await endProcess(child, signal)
      assert.lengthOf(await ProcessRow.all(), rows)
    }
  })

  test('given no worker, then the queue is unhealthy; given one, then it is fine', async ({ assert }) => {
    const clock = new TestClock()
    const check = await on(clock, QueueCheck)
    const without = await check.check()
    assert.equal(without.status, 'unhealthy')

    const worker = await heartbeatOn(clock)
    await worker.enter('worker')
    const finding = await check.check()
    assert.equal(finding.status, 'healthy')
    assert.deepEqual(finding.details, { due: 0, oldest_due_seconds: 0, failed: 0, workers: 1 })
  })
})
