import { test } from '@japa/runner'
import { InsideNetworks } from '#system/metrics/inside_networks'
import { MetricsServer } from '#system/metrics/metrics_server'

test.group('Metrics of a worker', () => {
  const serve = async (networks?: string[]) => {
    const server = new MetricsServer(new InsideNetworks(networks))
    const port = await server.start('127.0.0.1', 0)
    return { server, url: `http://127.0.0.1:${port}` }
  }

  test('given this machine, then its metrics; nothing else is served', async ({ assert, cleanup }) => {
    const { server, url } = await serve()
    cleanup(() => server.stop())
    const metrics = await fetch(`${url}/metrics`)
    assert.equal(metrics.status, 200)
    assert.include(await metrics.text(), 'kontora_job_duration_seconds')
    const other = await fetch(`${url}/`)
    assert.equal(other.status, 404)
  })

  test('given an address that is not allowed, then 403, whatever its headers claim', async ({ assert, cleanup }) => {
    const { server, url } = await serve(['10.0.0.0/8'])
    cleanup(() => server.stop())
    const response = await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '10.0.0.1' } })
    assert.equal(response.status, 403)
  })
})
