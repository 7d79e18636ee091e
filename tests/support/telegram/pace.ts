import app from '@adonisjs/core/services/app'
import env from '#start/env'
import { PACE_KEYS } from '#notifications/pace/redis_slots'

/** With Redis the slot row is no table that a reset empties. */
export async function forgetPace() {
  if (!env.get('REDIS_URL')) return
  const redis = await app.container.make('redis')
  await redis.del(...PACE_KEYS)
}
