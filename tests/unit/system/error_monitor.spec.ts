import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Clock } from '#core/clock'
import { Alerts, type AlertInput } from '#core/contracts/alerts'
import { ErrorMonitor } from '#system/errors/error_monitor'
import { errorsTotal } from '#system/metrics/app_metrics'
import { TestClock } from '#tests/support/test_clock'

class RecordingAlerts extends Alerts {
  readonly raised: AlertInput[] = []
  readonly resolved: string[] = []
  async raise(alert: AlertInput) {
    this.raised.push(alert)
  }
  async raiseIn() {}
  async resolve(fingerprint: string) {
    this.resolved.push(fingerprint)
    return true
  }
}

async function world() {
  const [clock, alerts] = [new TestClock(), new RecordingAlerts()]
  const resolver = app.container.createResolver()
  resolver.bindValue(Clock, clock)
  resolver.bindValue(Alerts, alerts)
  return { clock, alerts, monitor: await resolver.make(ErrorMonitor) }
}

const counted = async (category: string) => {
  const { values } = await errorsTotal.get()
  return values.find(({ labels }) => labels.category === category)!.value
}

test.group('Error monitor', () => {
  test('counts by category', async ({ assert }) => {
    const { monitor } = await world()
    const before = await counted('network')
    monitor.report(new Error('no route'), 'network')
    assert.equal(await counted('network'), before + 1)
  })

  test('given ten errors in a minute, then all is quiet; the eleventh alerts, once', async ({ assert }) => {
    const { monitor, alerts } = await world()
    for (let i = 0; i < 10; i++) monitor.report(new Error('x'), 'system')
    assert.lengthOf(alerts.raised, 0)
    for (let i = 0; i < 50; i++) monitor.report(new Error('x'), 'system')
    assert.lengthOf(alerts.raised, 1)
    assert.equal(alerts.raised[0].title, '11 errors within a minute')
  })

  test('given errors spread over time, then nobody is alerted', async ({ assert }) => {
    const { monitor, alerts, clock } = await world()
    for (let i = 0; i < 30; i++) {
      monitor.report(new Error('x'), 'system')
      clock.advance(6000)
    }
    assert.lengthOf(alerts.raised, 0)
  })

  test('mistakes of users are never alerted', async ({ assert }) => {
    const { monitor, alerts } = await world()
    for (let i = 0; i < 50; i++) monitor.report(new Error('x'), 'user')
    assert.lengthOf(alerts.raised, 0)
  })

  test('given errors that have become few, then it is told', async ({ assert }) => {
    const { monitor, alerts, clock } = await world()
    for (let i = 0; i < 11; i++) monitor.report(new Error('x'), 'system')
    await monitor.settle()
    assert.lengthOf(alerts.resolved, 0)
    clock.advance(60_000)
    await monitor.settle()
    assert.deepEqual(alerts.resolved, ['errors:rate'])
  })
})
