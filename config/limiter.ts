import env from '#start/env'
import { defineConfig, stores } from '@adonisjs/limiter'
import { withFallback } from '#system/limits/with_fallback'

const database = stores.database({ tableName: 'rate_limits' })

const limiterConfig = defineConfig({
  default: env.get('REDIS_URL') ? 'redis' : 'database',
  stores: {
    redis: withFallback(stores.redis({ connectionName: 'main' }), database),
    database,
    memory: stores.memory({}),
  },
})

export default limiterConfig

declare module '@adonisjs/limiter/types' {
  export interface LimitersList extends InferLimiters<typeof limiterConfig> {}
}
