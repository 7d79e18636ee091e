import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Alerts, type AlertInput } from '#core/contracts/alerts'
import AdminAlert from '#notifications/models/admin_alert'
import { staleAlertsTick } from '#notifications/alerts/stale_alerts'
import { Heartbeat } from '#system/processes/heartbeat'
import { resetDatabase } from '#tests/support/database'
import { createAdmin, loginAs } from '#tests/support/staff'
import { DAY, TestClock } from '#tests/support/test_clock'

const TROUBLE: AlertInput = {
  kind: 'jobs',
  severity: 'warning',
  fingerprint: 'job:test',
  title: 'The job <test> failed for good',
  details: { job: 17 },
}

const raise = async (alert: AlertInput = TROUBLE) => {
  const alerts = await app.container.make(Alerts)
  await alerts.raise(alert)
  return AdminAlert.findByOrFail('fingerprint', alert.fingerprint)
}

test.group('Health page', (group) => {
  group.each.setup(async () => {
    await resetDatabase()
    const heartbeat = await app.container.make(Heartbeat)
    heartbeat.publish('sender', () => ({ per_second: 28.5, sent_last_minute: 1710, failed_last_minute: 3 }))
    await heartbeat.enter('sender')
    return () => heartbeat.leave()
  })

  test('shows components, processes, the sender, alerts and versions', async ({ client, assert }) => {
    await raise()
    const response = await loginAs(client.get('/admin/health'), await createAdmin())
    response.assertStatus(200)
    for (const text of ['Database', 'Disk', 'Outbox', '28.5', 'PID', 'job: 17', 'Node', process.version.slice(1)]) {
      assert.include(response.text(), text)
    }
    assert.include(response.text(), 'The job &lt;test&gt; failed for good')
    assert.include(response.text(), process.env.DATABASE_URL ? 'PostgreSQL' : 'SQLite')
  })

  test('given "check now", then there is a fresh round', async ({ client }) => {
    const admin = await createAdmin({ role: 'read-only' })
    const response = await loginAs(client.post('/admin/health/rounds'), admin)
    response.assertRedirectsTo('/admin/health')
  })

  test('given an alert that an admin closes, then it is over, audited, and can begin anew', async ({
    client,
    assert,
  }) => {
    const alert = await raise()
    const admin = await createAdmin()
    await loginAs(client.post(`/admin/health/alerts/${alert.id}/resolution`).redirects(0), admin)
    await alert.refresh()
    assert.isFalse(alert.isOpen)
    const entry = await db.from('audit_entries').where('action', 'alert.closed').firstOrFail()
    assert.equal(entry.actor_id, admin.id)

    await raise()
    assert.lengthOf(await AdminAlert.query().whereNull('resolved_at'), 1)
    await loginAs(client.post(`/admin/health/alerts/${alert.id}/resolution`).redirects(0), admin)
    assert.lengthOf(await db.from('audit_entries').where('action', 'alert.closed'), 1)
  })

  test('given a role that only reads, then it closes nothing', async ({ client, assert }) => {
    const alert = await raise()
    const admin = await createAdmin({ role: 'read-only' })
    const response = await loginAs(client.post(`/admin/health/alerts/${alert.id}/resolution`).redirects(0), admin)
    response.assertStatus(403)
    await alert.refresh()
    assert.isTrue(alert.isOpen)
  })

  test('the list is filtered by state, kind and severity', async ({ client, assert }) => {
    await raise()
    await raise({ ...TROUBLE, kind: 'disk', severity: 'critical', fingerprint: 'component:disk', title: 'Disk full' })
    const list = async (qs: string) => {
      const response = await loginAs(
        client.get(`/admin/health/alerts?${qs}`),
        await createAdmin({ email: `${qs}@a.org` })
      )
      response.assertStatus(200)
      return response.text()
    }
    assert.notInclude(await list('kind=jobs'), 'Disk full')
    assert.include(await list('severity=critical&state=open'), 'Disk full')
    assert.notInclude(await list('state=resolved'), 'Disk full')
  })
})

test.group('Alerts | what nobody saw the end of', (group) => {
  group.each.setup(() => resetDatabase())

  test('given a day of silence, then events are over and components are not', async ({ assert }) => {
    const clock = new TestClock()
    const { AlertDesk } = await import('#notifications/alerts/alert_desk')
    const resolver = app.container.createResolver()
    resolver.bindValue(Clock, clock)
    const desk = await resolver.make(AlertDesk)
    await desk.raise(TROUBLE)
    await desk.raise({ ...TROUBLE, kind: 'component', fingerprint: 'component:db' })
    const tick = staleAlertsTick(clock)
    const open = async () => {
      await tick.run(new AbortController().signal)
      const alerts = await AdminAlert.query().whereNull('resolved_at')
      return alerts.map(({ kind }) => kind)
    }

    clock.advance(DAY)
    assert.sameMembers(await open(), ['jobs', 'component'])
    clock.advance(1)
    assert.deepEqual(await open(), ['component'])
    clock.advance(91 * DAY)
    await open()
    assert.lengthOf(await AdminAlert.all(), 1)
  })
})
