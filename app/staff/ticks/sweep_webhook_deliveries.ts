import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import type { Tick } from '#core/contracts/ticks'
import { DueWebhooks } from '#staff/webhooks/due_webhooks'

const AT_A_TIME = 5

/** Hands over what is due again, or whose job got lost: several receivers at a time, so that a slow one delays itself. */
@inject()
export class SweepWebhookDeliveries implements Tick {
  readonly name = 'staff.sweep_webhook_deliveries'
  readonly everyMs = 5000

  constructor(
    private due: DueWebhooks,
    private logger: Logger
  ) {}

  async run(signal: AbortSignal) {
    const apiKeyIds = await this.due.apiKeyIds()
    const queue = apiKeyIds.values()
    await Promise.all(
      Array.from({ length: AT_A_TIME }, async () => {
        for (const apiKeyId of queue) {
          if (signal.aborted) return
          await this.due
            .deliverTo(apiKeyId, signal)
            .catch((error) => this.logger.warn({ err: error, apiKeyId }, 'Webhooks of an API key wait on'))
        }
      })
    )
  }
}
