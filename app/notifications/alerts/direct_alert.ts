import type { Clock } from '#core/clock'
import type { AlertInput } from '#core/contracts/alerts'
import type { TelegramGateway } from '#core/contracts/telegram_gateway'
import type { AlertAudience } from '#notifications/alerts/alert_audience'
import { plainAlert } from '#notifications/alerts/alert_text'

const THROTTLE_MS = 15 * 60_000

/** Tells of critical trouble without the database: straight to Telegram, to those who were known last. */
export class DirectAlert {
  readonly #told = new Map<string, { alert: AlertInput; at: number }>()

  constructor(
    private readonly clock: Clock,
    /** Made when it is needed first: without a bot there is none. */
    private readonly gateway: () => Promise<TelegramGateway>,
    private readonly audience: AlertAudience
  ) {}

  async send(alert: AlertInput) {
    const now = this.clock.now()
    const last = this.#told.get(alert.fingerprint)
    if (last && now - last.at < THROTTLE_MS) return
    this.#told.set(alert.fingerprint, { alert, at: now })
    const gateway = await this.gateway()
    const text = plainAlert(alert)
    const calls = this.audience
      .lastKnown(alert.kind)
      .map(({ chatId, threadId }) =>
        gateway.call('sendMessage', { chat_id: chatId, message_thread_id: threadId ?? undefined, text })
      )
    const outcomes = await Promise.allSettled(calls)
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    if (failures.length) throw new AggregateError(failures, 'Not every chat could be told')
  }

  /** What was told of that trouble, if anything: somebody waits for the news that it is over. */
  told(fingerprint: string) {
    return this.#told.get(fingerprint)?.alert
  }

  settle(fingerprint: string) {
    this.#told.delete(fingerprint)
  }
}
