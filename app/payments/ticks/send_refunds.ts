import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { SendRefund } from '#payments/actions/send_refund'
import Refund from '#payments/models/refund'

const PATIENCE_MS = 60_000

/** Goes on with refunds that were interrupted, or whose provider did not answer. */
@inject()
export class SendRefunds implements Tick {
  readonly name = 'payments.send_refunds'
  readonly everyMs = 30_000

  constructor(
    private clock: Clock,
    private send: SendRefund,
    private logger: Logger
  ) {}

  async run(signal: AbortSignal) {
    const waiting = await Refund.query()
      .whereIn('status', ['pending', 'sending'])
      .where('updated_at', '<', this.clock.now() - PATIENCE_MS)
      .orderBy('updated_at')
      .limit(50)
    for (const { id } of waiting) {
      if (signal.aborted) return
      await this.send.handle(id).catch((error) => this.logger.warn({ err: error, refund: id }, 'A refund waits on'))
    }
  }
}
