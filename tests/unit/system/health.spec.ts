import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { Alerts, type AlertInput } from '#core/contracts/alerts'
import type { HealthCheck, HealthFinding } from '#core/contracts/health'
import { HealthRegistry } from '#core/registries/health_registry'
import { DiskCheck } from '#system/health/checks/disk_check'
import { TelegramCheck } from '#system/health/checks/telegram_check'
import { HealthMonitor } from '#system/health/health_monitor'
import { TestClock } from '#tests/support/test_clock'

class RecordingAlerts extends Alerts {
  readonly raised: AlertInput[] = []
  readonly resolved: string[] = []
  stillOpen = false

  async raise(alert: AlertInput) {
    this.raised.push(alert)
  }
  async raiseIn() {}
  async resolve(fingerprint: string) {
    this.resolved.push(fingerprint)
    return !this.stillOpen
  }
}

const healthy: HealthFinding = { status: 'healthy' }

function world(critical = false) {
  const clock = new TestClock()
  const alerts = new RecordingAlerts()
  const checks = new HealthRegistry()
  const component = { finding: healthy as HealthFinding | Error }
  const check: HealthCheck = {
    name: 'thing',
    critical,
    async check() {
      if (component.finding instanceof Error) throw component.finding
      return component.finding
    },
  }
  checks.register(check)
  return { clock, alerts, checks, component, monitor: new HealthMonitor(checks, clock, alerts) }
}

test.group('Health monitor', () => {
  test('given no round yet, then the first question waits for one', async ({ assert }) => {
    const { monitor, clock } = world()
    const report = await monitor.report()
    assert.equal(report.status, 'healthy')
    assert.containSubset(report.components, [{ name: 'thing', status: 'healthy', since: clock.now() }])
  })

  test('given a check that throws, then its component is unhealthy and the message holds no secret', async ({
    assert,
  }) => {
    const { monitor, component } = world()
    component.finding = new Error('connect postgres://kontora:hushhush@db/kontora failed')
    const report = await monitor.report()
    assert.equal(report.components[0].status, 'unhealthy')
    assert.equal(report.components[0].message, 'connect postgres://kontora:[redacted]@db/kontora failed')
  })

  test('given trouble in a {$self} component, then the whole tells it apart')
    .with(['critical', 'dispensable'])
    .run(async ({ assert }, kind) => {
      const { monitor, component } = world(kind === 'critical')
      component.finding = { status: 'unhealthy', message: 'broken' }
      const report = await monitor.report()
      assert.equal(report.status, kind === 'critical' ? 'unhealthy' : 'degraded')
    })

  test('keeps since when a state began and when the last error was', async ({ assert }) => {
    const { monitor, component, clock } = world()
    const start = clock.now()
    await monitor.round()
    clock.advance(30_000)
    component.finding = { status: 'degraded', message: 'slow' }
    await monitor.round()
    const slowSince = clock.now()
    clock.advance(30_000)
    await monitor.round()
    let { components } = await monitor.report()
    assert.equal(components[0].since, slowSince)

    clock.advance(30_000)
    component.finding = healthy
    await monitor.round()
    ;({ components } = await monitor.report())
    assert.equal(components[0].since, start + 90_000)
    assert.deepEqual(components[0].lastError, { at: start + 60_000, message: 'slow' })
  })

  test('given two who ask for a round at once, then there is one', async ({ assert }) => {
    const { monitor, checks } = world()
    let runs = 0
    checks.register({
      name: 'counted',
      critical: false,
      async check() {
        runs++
        await sleep(5)
        return healthy
      },
    })
    await Promise.all([monitor.round(), monitor.round()])
    assert.equal(runs, 1)
  })
})

test.group('Health monitor | alerts', () => {
  test('given trouble for a moment, then nobody is told; given trouble that lasts, then also that it is over', async ({
    assert,
  }) => {
    const { monitor, component, alerts, clock } = world()
    component.finding = { status: 'unhealthy', message: 'broken', details: { workers: 0 } }
    await monitor.round()
    clock.advance(14_999)
    await monitor.round()
    assert.lengthOf(alerts.raised, 0)
    clock.advance(1)
    await monitor.round()
    assert.containSubset(alerts.raised, [
      {
        fingerprint: 'component:thing',
        severity: 'warning',
        title: 'thing is unhealthy: broken',
        details: { workers: 0 },
      },
    ])

    component.finding = healthy
    await monitor.round()
    await monitor.round()
    assert.deepEqual(alerts.resolved, ['component:thing'])
  })

  test('given a critical component that fails, then the alert is critical and at once', async ({ assert }) => {
    const { monitor, component, alerts } = world(true)
    component.finding = new Error('gone')
    await monitor.round()
    assert.containSubset(alerts.raised, [{ severity: 'critical', title: 'thing is unhealthy: gone' }])
  })

  test('given an alert that could not be closed, then the next round tries again', async ({ assert }) => {
    const { monitor, component, alerts } = world(true)
    component.finding = new Error('gone')
    await monitor.round()
    component.finding = healthy
    alerts.stillOpen = true
    await monitor.round()
    alerts.stillOpen = false
    await monitor.round()
    await monitor.round()
    assert.lengthOf(alerts.resolved, 2)
  })
})

test.group('Health | components', () => {
  const GIGABYTE_BLOCKS = 1024 * 256
  const disk = (freeGb: number, totalGb: number) =>
    new DiskCheck('/', (async () => ({
      bavail: freeGb * GIGABYTE_BLOCKS,
      blocks: totalGb * GIGABYTE_BLOCKS,
      bsize: 4096,
    })) as any)

  test('a disk with {free} of {total} GB free is {status}')
    .with([
      { free: 50, total: 100, status: 'healthy' },
      { free: 8, total: 100, status: 'healthy' },
      { free: 4, total: 8, status: 'healthy' },
      { free: 4, total: 100, status: 'degraded' },
      { free: 0.1, total: 100, status: 'unhealthy' },
    ])
    .run(async ({ assert }, { free, total, status }) => {
      const finding = await disk(free, total).check()
      assert.equal(finding.status, status)
    })

  test('the real disk answers', async ({ assert }) => {
    const { details } = await new DiskCheck(process.cwd()).check()
    assert.isAbove(details.free_mb, 0)
  })

  test('telegram is {status} with {webhook}')
    .with([
      { webhook: { url: '', pending_update_count: 0 }, status: 'healthy' },
      { webhook: { url: 'https://a', pending_update_count: 101 }, status: 'degraded' },
      {
        webhook: { url: 'https://a', pending_update_count: 0, last_error_date: 1000, last_error_message: 'x' },
        status: 'degraded',
      },
      {
        webhook: { url: 'https://a', pending_update_count: 0, last_error_date: 1, last_error_message: 'x' },
        status: 'healthy',
      },
    ])
    .run(async ({ assert }, { webhook, status }) => {
      const gateway = { call: async (method: string) => (method === 'getMe' ? { username: 'kontora_bot' } : webhook) }
      const check = new TelegramCheck(
        async () => gateway as any,
        () => 1_100_000
      )
      const finding = await check.check(new AbortController().signal)
      assert.equal(finding.status, status)
      assert.equal(finding.details.bot, '@kontora_bot')
    })
})
