import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from '@japa/runner'
import { text } from 'node:stream/consumers'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Alerts } from '#core/contracts/alerts'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { AlertDesk } from '#notifications/alerts/alert_desk'
import { channelId, channelTopics } from '#notifications/alerts/settings'
import AdminAlert from '#notifications/models/admin_alert'
import { deskOn, linkedAdmin, RecordingGateway, told, TROUBLE } from '#tests/support/alerts'
import { resetDatabase } from '#tests/support/database'
import { startScript } from '#tests/support/processes'
import { createAdmin } from '#tests/support/staff'
import { MINUTE, TestClock } from '#tests/support/test_clock'

test.group('Admin alerts', (group) => {
  group.each.timeout(60_000)
  group.each.setup(() => resetDatabase())

  test('given linked admins and a channel with topics, then each of them is told', async ({ assert }) => {
    await linkedAdmin(11)
    await createAdmin({ email: 'unlinked@example.org' })
    const silent = await linkedAdmin(12)
    await silent.merge({ receivesAlerts: false }).save()
    const gone = await linkedAdmin(13)
    await gone.merge({ disabledAt: 1 }).save()
    const settings = await app.container.make(Settings)
    await transaction(async (trx) => {
      await settings.set(trx, channelId, -100123)
      await settings.set(trx, channelTopics, { component: 17 })
    })

    const { desk } = await deskOn(new TestClock())
    await desk.raise(TROUBLE)

    const rows = await told()
    assert.deepEqual(
      rows.map((row) => [row.chatId, row.threadId, row.type, row.template]),
      [
        [11, null, 'ADMIN_ALERT', 'alert_raised'],
        [-100123, 17, 'ADMIN_ALERT', 'alert_raised'],
      ]
    )
    assert.deepEqual(rows[0].params, { mark: '⚠️', title: 'The queue is slow', details: 'oldest job: 4 min' })
  })

  test('given the same trouble again, then it is counted and told once per throttle time', async ({ assert }) => {
    await linkedAdmin(11)
    const clock = new TestClock()
    const { desk } = await deskOn(clock)
    await desk.raise(TROUBLE)
    clock.advance(29 * MINUTE)
    await desk.raise(TROUBLE)
    assert.lengthOf(await told(), 1)

    clock.advance(MINUTE)
    await desk.raise(TROUBLE)
    assert.lengthOf(await told(), 2)
    const alert = await AdminAlert.firstOrFail()
    assert.equal(alert.occurrences, 3)
  })

  test('given trouble that grows critical, then it is told at once and once', async ({ assert }) => {
    await linkedAdmin(11)
    const { desk } = await deskOn(new TestClock())
    await desk.raise(TROUBLE)
    await desk.raise({ ...TROUBLE, severity: 'critical' })
    await desk.raise(TROUBLE)
    await desk.raise({ ...TROUBLE, severity: 'critical' })
    assert.lengthOf(await told(), 2)
  })

  test('given trouble that is over, then those who were told hear of it once', async ({ assert }) => {
    await linkedAdmin(11)
    const { desk } = await deskOn(new TestClock())
    await desk.resolve(TROUBLE.fingerprint)
    await desk.raise(TROUBLE)
    await Promise.all([desk.resolve(TROUBLE.fingerprint), desk.resolve(TROUBLE.fingerprint)])

    const rows = await told()
    assert.deepEqual(
      rows.map(({ template }) => template),
      ['alert_raised', 'alert_resolved']
    )
    const alert = await AdminAlert.firstOrFail()
    assert.isFalse(alert.isOpen)
  })

  test('given trouble that comes and goes, then it is told once per throttle time', async ({ assert }) => {
    await linkedAdmin(11)
    const clock = new TestClock()
    const { desk } = await deskOn(clock)
    for (let i = 0; i < 10; i++) {
      await desk.raise(TROUBLE)
      await desk.resolve(TROUBLE.fingerprint)
      clock.advance(MINUTE)
    }
    assert.lengthOf(await told(), 2)
    assert.lengthOf(await AdminAlert.all(), 10)

    await desk.raise(TROUBLE)
    clock.advance(20 * MINUTE)
    await desk.raise(TROUBLE)
    assert.lengthOf(await told(), 3)
  })

  test('given trouble that another process still sees, then quietForMs keeps it open', async ({ assert }) => {
    const clock = new TestClock()
    const { desk } = await deskOn(clock)
    await desk.raise(TROUBLE)
    clock.advance(MINUTE - 1)
    await desk.resolve(TROUBLE.fingerprint, { quietForMs: MINUTE })
    assert.isNotNull(await AdminAlert.query().whereNull('resolved_at').first())
    clock.advance(1)
    await desk.resolve(TROUBLE.fingerprint, { quietForMs: MINUTE })
    assert.isNull(await AdminAlert.query().whereNull('resolved_at').first())
  })

  test('given several processes that see the same trouble at once, then it is told once', async ({ assert }) => {
    await linkedAdmin(11)
    const script = new URL('scripts/raise_alert.ts', import.meta.url)
    const processes = Array.from({ length: 3 }, () => startScript(script, [TROUBLE, 20]))
    await Promise.all(processes.map(({ child }) => once(child, 'message')))
    for (const { child } of processes) child.send('go')
    await Promise.all(processes.map(({ result }) => result))

    assert.lengthOf(await told(), 1)
    const alert = await AdminAlert.firstOrFail()
    assert.equal(alert.occurrences, 60)
  })

  test('given a transaction that is rolled back, then nothing was raised in it', async ({ assert }) => {
    await linkedAdmin(11)
    const { desk } = await deskOn(new TestClock())
    await assert.rejects(() =>
      transaction(async (trx) => {
        await desk.raiseIn(trx, TROUBLE)
        throw new Error('late')
      })
    )
    assert.isNull(await AdminAlert.first())
    assert.lengthOf(await told(), 0)
  })
})

test.group('Admin alerts | without the database', (group) => {
  group.each.setup(() => resetDatabase())

  const brokenTable = async (work: () => Promise<void>) => {
    await db.rawQuery('ALTER TABLE admin_alerts RENAME TO admin_alerts_away')
    try {
      await work()
    } finally {
      await db.rawQuery('ALTER TABLE admin_alerts_away RENAME TO admin_alerts')
    }
  }

  test('given a database that fails, then critical alerts go straight to those known last, once', async ({
    assert,
  }) => {
    await linkedAdmin(11)
    const gateway = new RecordingGateway()
    const clock = new TestClock()
    const { desk, audience } = await deskOn(clock, gateway)
    await audience.refresh()

    await brokenTable(async () => {
      await desk.raise(TROUBLE)
      await desk.raise({ ...TROUBLE, severity: 'critical' })
      await desk.raise({ ...TROUBLE, severity: 'critical' })
    })
    assert.lengthOf(gateway.calls, 1)
    assert.containSubset(gateway.calls[0], { chat_id: 11, text: '🔴 The queue is slow\noldest job: 4 min' })

    await desk.resolve(TROUBLE.fingerprint)
    const rows = await told()
    assert.deepEqual(
      rows.map(({ template }) => template),
      ['alert_resolved']
    )
  })
})

test.group('Admin alerts | webhook', (group) => {
  group.each.setup(() => resetDatabase())

  test('given a webhook, then raised and resolved alerts are jobs of the same transaction', async ({ assert }) => {
    const { desk } = await deskOn(new TestClock(), undefined, true)
    await desk.raise(TROUBLE)
    await desk.raise(TROUBLE)
    await desk.resolve(TROUBLE.fingerprint)
    const jobs = await db.from('queue_jobs').select('data')
    assert.sameMembers(
      jobs.map(({ data }) => JSON.parse(data).payload.news),
      ['raised', 'resolved']
    )
  })

  test('given a receiver, then the job posts JSON and fails when it is refused', async ({ assert }) => {
    const bodies: string[] = []
    let status = 204
    const server = createServer(async (request, response) => {
      bodies.push(await text(request))
      response.writeHead(status).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')

    const { postAlert } = await import('#notifications/jobs/post_alert_webhook')
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`
    const news = { id: 5, news: 'raised', alert: TROUBLE, at: Date.UTC(2026, 0, 1) } as const
    await postAlert(url, news)
    assert.deepEqual(JSON.parse(bodies[0]), { id: 5, news: 'raised', ...TROUBLE, at: '2026-01-01T00:00:00.000Z' })

    status = 500
    await assert.rejects(() => postAlert(url, news), 'The alert webhook answered 500')
    server.close()
  })
})

test('the application binds the contract', async ({ assert }) => {
  assert.instanceOf(await app.container.make(Alerts), AlertDesk)
})
