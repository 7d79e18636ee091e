import env from '#start/env'
import { dataDir } from '#config/data_dir'
import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { HealthChecks } from '#core/contracts/health'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { DatabaseCheck } from '#system/health/checks/database_check'
import { DiskCheck } from '#system/health/checks/disk_check'
import { QueueCheck } from '#system/health/checks/queue_check'

/** The components that every installation has, and those that this one is configured for. */
export async function registerSystemChecks(container: ApplicationService['container']) {
  const checks = await container.make(HealthChecks)
  checks.register(new DatabaseCheck())
  checks.register(new DiskCheck(dataDir))
  checks.register(await container.make(QueueCheck))
  if (env.get('REDIS_URL')) {
    const { RedisCheck } = await import('#system/health/checks/redis_check')
    checks.register(new RedisCheck())
  }
  if (env.get('TELEGRAM_BOT_TOKEN')) {
    const { TelegramCheck } = await import('#system/health/checks/telegram_check')
    const clock = await container.make(Clock)
    const now = () => clock.now()
    checks.register(new TelegramCheck(() => container.make(TelegramGateway), now))
  }
}
