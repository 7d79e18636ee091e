import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { HealthChecks, type HealthFinding } from '#core/contracts/health'
import { HealthMonitor } from '#system/health/health_monitor'
import { Heartbeat } from '#system/processes/heartbeat'
import { resetDatabase } from '#tests/support/database'

const OUTSIDE = { 'x-forwarded-for': '203.0.113.7' }

test.group('GET /health', (group) => {
  const state = { finding: { status: 'healthy' } as HealthFinding, critical: true }

  group.setup(async () => {
    const checks = await app.container.make(HealthChecks)
    for (const name of ['telegram', 'test']) {
      checks.register({
        name,
        get critical() {
          return name === 'test' && state.critical
        },
        check: async () => (name === 'test' ? state.finding : { status: 'healthy' }),
      })
    }
  })
  group.each.setup(async () => {
    await resetDatabase()
    Object.assign(state, { finding: { status: 'healthy' }, critical: true })
    const heartbeat = await app.container.make(Heartbeat)
    await heartbeat.enter('worker')
    await heartbeat.enter('sender')
    return () => heartbeat.leave()
  })

  const round = async () => {
    const monitor = await app.container.make(HealthMonitor)
    await monitor.round()
  }

  test('given all components well, then 200 and healthy', async ({ client, assert }) => {
    await round()
    const response = await client.get('/health')
    response.assertStatus(200)
    response.assertBodyContains({ status: 'healthy', components: { db: { status: 'healthy' }, queue: {}, disk: {} } })
    assert.equal(response.header('cache-control'), 'no-store')
  })

  test('given a critical component down, then 503 and unhealthy', async ({ client }) => {
    state.finding = { status: 'unhealthy', message: 'broken' }
    await round()
    const response = await client.get('/health')
    response.assertStatus(503)
    response.assertBodyContains({ status: 'unhealthy', components: { test: { message: 'broken' } } })
    const component = await client.get('/health/test')
    component.assertStatus(503)
    const other = await client.get('/health/db')
    other.assertStatus(200)
  })

  test('given a dispensable component down, then 200 and degraded', async ({ client }) => {
    Object.assign(state, { finding: { status: 'unhealthy' }, critical: false })
    await round()
    const response = await client.get('/health')
    response.assertStatus(200)
    response.assertBodyContains({ status: 'degraded' })
  })

  test('given a question from outside, then states are told and details are not', async ({ client, assert }) => {
    state.finding = { status: 'degraded', message: 'inner matters', details: { host: 'db7' } }
    await round()
    for (const path of ['/health', '/health/test']) {
      const response = await client.get(path).headers(OUTSIDE)
      assert.notInclude(response.text(), 'inner matters')
      assert.notInclude(response.text(), 'db7')
      assert.include(response.text(), 'degraded')
    }
  })

  test('given an unknown component, then 404', async ({ client }) => {
    const response = await client.get('/health/flux-capacitor')
    response.assertStatus(404)
  })
})

test.group('GET /metrics', () => {
  test('given this machine, then metrics in the format of Prometheus', async ({ client, assert }) => {
    await client.get('/health')
    const response = await client.get('/metrics')
    response.assertStatus(200)
    assert.match(response.header('content-type')!, /^text\/plain; version=0\.0\.4/)
    for (const name of [
      'kontora_errors_total{category="network"}',
      'kontora_update_duration_seconds',
      'kontora_db_connections{state="used"}',
      'kontora_queue_jobs{state="due"}',
      'kontora_queue_oldest_due_seconds',
      'kontora_component_health{component="db"}',
      'kontora_nodejs_eventloop_lag_seconds',
      'kontora_process_resident_memory_bytes',
    ]) {
      assert.include(response.text(), name)
    }
  })

  test('given any other address, then 403', async ({ client }) => {
    const response = await client.get('/metrics').headers(OUTSIDE)
    response.assertStatus(403)
  })
})
