import db from '@adonisjs/lucid/services/db'

/** Forgets counted attempts and blocks whose key matches, wherever the limiter keeps them. */
export async function forgetLimits(matches: (key: string) => boolean = () => true) {
  if (process.env.REDIS_URL) return forgetInRedis(matches)
  const rows: { key: string }[] = await db.from('rate_limits').select('key')
  const keys = rows.map(({ key }) => key).filter(matches)
  await db.from('rate_limits').whereIn('key', keys).delete()
}

async function forgetInRedis(matches: (key: string) => boolean) {
  const { default: redis } = await import('@adonisjs/redis/services/main')
  const connection = redis.connection('main')
  const prefix = connection.ioConnection.options.keyPrefix ?? ''
  const stored = await connection.keys('*')
  const keys = stored.map((key) => key.slice(prefix.length)).filter(matches)
  if (keys.length > 0) await connection.del(...keys)
}
