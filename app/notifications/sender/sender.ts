import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { Leases } from '#system/leases/leases'
import { rest } from '#notifications/sender/bell'
import { SenderTools } from '#notifications/sender/sender_tools'
import { Shift } from '#notifications/sender/shift'

export const SENDER_LEASE = 'telegram-sender'
const LEASE_MS = 5_000
const AFTER_FAILURE_MS = 1_000

/** Delivers the outbox. One process at a time does; the others stand by and take over when its lease runs out. */
@inject()
export class Sender {
  constructor(
    private readonly leases: Leases,
    private readonly telegram: TelegramGateway,
    private readonly tools: SenderTools,
    private readonly logger: Logger
  ) {}

  /** Until `signal` aborts; then what is in flight is finished first. */
  async run(signal: AbortSignal) {
    if (this.telegram.botId === null) {
      this.logger.warn('TELEGRAM_BOT_TOKEN is not set: messages stay in the outbox')
      return
    }
    while (!signal.aborted) {
      try {
        await this.leases.runWhileHeld(
          SENDER_LEASE,
          LEASE_MS,
          (lease, lost) => new Shift(this.tools, lease).run(lost),
          signal
        )
      } catch (error) {
        this.logger.error({ err: error }, 'The sender failed and starts anew')
        await rest(AFTER_FAILURE_MS, signal)
      }
    }
  }
}
