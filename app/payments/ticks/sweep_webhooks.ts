import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Clock } from '#core/clock'
import type { Tick } from '#core/contracts/ticks'
import { ProcessWebhookEvent } from '#payments/actions/process_webhook_event'
import WebhookEvent from '#payments/models/webhook_event'

/** So long a job may take before somebody else looks. */
const PATIENCE_MS = 60_000
const BATCH = 50

/** Looks into stored webhooks whose job got lost or was given up, the oldest first. */
@inject()
export class SweepWebhooks implements Tick {
  readonly name = 'payments.sweep_webhooks'
  readonly everyMs = 60_000

  constructor(
    private clock: Clock,
    private process: ProcessWebhookEvent,
    private logger: Logger
  ) {}

  async run(signal: AbortSignal) {
    const waiting = await WebhookEvent.query()
      .whereNull('processed_at')
      .where('received_at', '<', this.clock.now() - PATIENCE_MS)
      .orderBy('received_at')
      .limit(BATCH)
      .select('id')
    for (const { id } of waiting) {
      if (signal.aborted) return
      await this.process.handle(id).catch((error) => this.logger.warn({ err: error, event: id }, 'A webhook waits on'))
    }
  }
}
