import db from '@adonisjs/lucid/services/db'
import type { HealthCheck } from '#core/contracts/health'
import { isPostgres } from '#core/database/dialect'
import { poolUse } from '#system/metrics/database_pool'

const SLOW_MS = 1000

/** The database answers, and soon enough. */
export class DatabaseCheck implements HealthCheck {
  readonly name = 'db'
  readonly critical = true

  async check() {
    const startedAt = performance.now()
    await db.rawQuery('SELECT 1')
    const took = Math.round(performance.now() - startedAt)
    const details = { engine: isPostgres() ? 'PostgreSQL' : 'SQLite', ...poolUse() }
    if (took < SLOW_MS) return { status: 'healthy' as const, details }
    return { status: 'degraded' as const, message: `answers after ${took} ms`, details }
  }
}
