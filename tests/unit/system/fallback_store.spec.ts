import { createServer } from 'node:net'
import { once } from 'node:events'
import { test } from '@japa/runner'
import { errors, Limiter } from '@adonisjs/limiter'
import LimiterMemoryStore from '@adonisjs/limiter/stores/memory'
import { FallbackStore, Outage } from '#system/limits/fallback_store'
import { resetDatabase } from '#tests/support/database'
import { startScript } from '#tests/support/processes'

const OPTIONS = { requests: 2, duration: 60 }

class FailingStore extends LimiterMemoryStore {
  asked = 0
  failure: Error | 'silent' | null = new Error('connection refused')

  async increment(key: string | number) {
    this.asked++
    if (this.failure === 'silent') return new Promise<never>(() => {})
    if (this.failure) throw this.failure
    return super.increment(key)
  }
}

function given({ patienceMs = 1_000, avoidMs = 60_000 } = {}) {
  const preferred = new FailingStore(OPTIONS)
  const limit = new Limiter(
    new FallbackStore(preferred, new LimiterMemoryStore(OPTIONS), new Outage(patienceMs, avoidMs))
  )
  return { preferred, limit }
}

/** Nobody listens there any more. */
async function closedPort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

test.group('Limits without their store', (group) => {
  group.each.setup(() => resetDatabase())

  test('given a store that fails, then the reserve counts and the failed one is left alone', async ({ assert }) => {
    const { preferred, limit } = given()
    assert.containsSubset(await limit.increment('a'), { consumed: 1 })
    assert.containsSubset(await limit.increment('a'), { consumed: 2 })
    assert.equal(preferred.asked, 1)
  })

  test('given a store that keeps silent, then the wait ends', async ({ assert }) => {
    const { preferred, limit } = given({ patienceMs: 5 })
    preferred.failure = 'silent'
    assert.containsSubset(await limit.increment('a'), { consumed: 1 })
  })

  test('given a store that is back, then it counts again', async ({ assert }) => {
    const { preferred, limit } = given({ avoidMs: 0 })
    await limit.increment('a')
    preferred.failure = null
    await limit.increment('a')
    assert.equal(preferred.asked, 2)
    assert.containsSubset(await limit.increment('a'), { consumed: 2 })
  })

  test('a limit that is reached is no failure of the store', async ({ assert }) => {
    const { preferred, limit } = given()
    await limit.consume('a')
    await limit.consume('a')
    await assert.rejects(() => limit.consume('a'), errors.E_TOO_MANY_REQUESTS as any)
    preferred.failure = null
    await limit.increment('a')
    assert.equal(preferred.asked, 1)
  })

  test('given Redis is down, then logins and updates are still let in, and still limited', async ({ assert }) => {
    const env = { REDIS_URL: `redis://127.0.0.1:${await closedPort()}` }
    const { result } = startScript(new URL('scripts/count_without_redis.ts', import.meta.url), [], {
      env,
      output: 'pipe',
    })
    assert.deepEqual(await result, { store: 'redis', seconds: [0, 0, 60], update: { allowed: true } } as any)
  }).timeout(60_000)
})
