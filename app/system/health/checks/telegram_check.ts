import type { HealthCheck } from '#core/contracts/health'
import type { TelegramGateway } from '#core/contracts/telegram_gateway'

interface WebhookInfo {
  url: string
  pending_update_count: number
  last_error_date?: number
  last_error_message?: string
}

const WAITING_UPDATES = 100
const RECENT_SECONDS = 300

/** The Bot API knows our token and, where it calls us, reaches us. */
export class TelegramCheck implements HealthCheck {
  readonly name = 'telegram'
  readonly critical = false

  constructor(
    private readonly gateway: () => Promise<TelegramGateway>,
    private readonly now: () => number
  ) {}

  async check(signal: AbortSignal) {
    const gateway = await this.gateway()
    const { username } = await gateway.call<{ username: string }>('getMe', {}, { signal })
    const webhook = await gateway.call<WebhookInfo>('getWebhookInfo', {}, { signal })
    const details = { bot: `@${username}`, waiting_updates: webhook.pending_update_count }
    const fault = this.#faultOf(webhook)
    return fault ? { status: 'degraded' as const, message: fault, details } : { status: 'healthy' as const, details }
  }

  #faultOf(webhook: WebhookInfo) {
    const isRecent = this.now() / 1000 - (webhook.last_error_date ?? 0) < RECENT_SECONDS
    if (webhook.url && isRecent) return `Telegram can't deliver updates: ${webhook.last_error_message}`
    if (webhook.pending_update_count > WAITING_UPDATES)
      return `${webhook.pending_update_count} updates wait at Telegram`
    return null
  }
}
