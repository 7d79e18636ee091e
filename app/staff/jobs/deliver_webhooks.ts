import { inject } from '@adonisjs/core'
import { Job } from '@adonisjs/queue'
import type { JobOptions } from '@adonisjs/queue/types'
import { DueWebhooks } from '#staff/webhooks/due_webhooks'

/** Wakes somebody up for what the webhook of one key is owed; the rows themselves say what still is. */
@inject()
export default class DeliverWebhooks extends Job<{ apiKeyId: number }> {
  static options: JobOptions = { name: 'staff.deliver_webhooks' }

  constructor(private due: DueWebhooks) {
    super()
  }

  async execute() {
    await this.due.deliverTo(this.payload.apiKeyId)
  }
}
