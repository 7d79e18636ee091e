import redis from '@adonisjs/redis/services/main'
import type { HealthCheck } from '#core/contracts/health'

/** Registered when REDIS_URL is set: limits and the pace of sending fall back to the database without it. */
export class RedisCheck implements HealthCheck {
  readonly name = 'redis'
  readonly critical = false

  async check() {
    await redis.connection().ping()
    return { status: 'healthy' as const }
  }
}
