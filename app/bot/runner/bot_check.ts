import type { Clock } from '#core/clock'
import type { HealthCheck, HealthFinding } from '#core/contracts/health'
import type { BotConfig } from '#bot/bot_config'
import type { UpdateStore } from '#bot/inbox/update_store'

const TOO_OLD_SECONDS = 60

/** Whether customers get answers: the bot is configured, and no update waits long for its turn. */
export class BotCheck implements HealthCheck {
  readonly name = 'bot'
  readonly critical = false

  constructor(
    private readonly config: BotConfig,
    private readonly store: UpdateStore,
    private readonly clock: Clock
  ) {}

  async check(): Promise<HealthFinding> {
    if (!this.config.token) return { status: 'degraded', message: 'The bot is off: TELEGRAM_BOT_TOKEN is not set' }
    const { waiting, oldestAt } = await this.store.backlog()
    const seconds = oldestAt === null ? 0 : Math.round((this.clock.now() - oldestAt) / 1000)
    const details = { waiting_updates: waiting, oldest_seconds: seconds }
    if (seconds <= TOO_OLD_SECONDS) return { status: 'healthy', details }
    return { status: 'degraded', message: `Customers wait: an update is ${seconds} s old`, details }
  }
}
