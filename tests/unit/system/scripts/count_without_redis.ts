import app from '@adonisjs/core/services/app'
import limiter from '@adonisjs/limiter/services/main'
import redis from '@adonisjs/redis/services/main'
import { Settings } from '#core/contracts/settings'
import { BotLimits } from '#bot/limits/bot_limits'
import { AttemptLimit } from '#staff/login/attempt_limit'

/** What a login and an update get from limits whose Redis is away. */
export default async function countWithoutRedis() {
  const rules = { name: 'outage', attempts: 2, window: 60, firstBlock: 60, longestBlock: 60 }
  const logins = new AttemptLimit(rules)
  const seconds = []
  for (let attempt = 0; attempt < 3; attempt++) {
    const taken = await logins.take('mira@example.org')
    seconds.push(taken.seconds)
  }
  const bot = new BotLimits(limiter, await app.container.make(Settings))
  const update = await bot.consume('message', 42)
  await redis.disconnectAll()
  return { store: limiter.config.default, seconds, update }
}
