import { inject } from '@adonisjs/core'
import { exponentialBackoff, Job } from '@adonisjs/queue'
import type { JobOptions } from '@adonisjs/queue/types'
import { ProcessWebhookEvent } from '#payments/actions/process_webhook_event'

/** Wakes somebody up for a stored webhook; the row itself says whether it still waits. */
@inject()
export default class ProcessWebhook extends Job<{ eventId: number }> {
  static options: JobOptions = {
    name: 'payments.process_webhook',
    retry: { maxRetries: 8, backoff: exponentialBackoff({ baseDelay: '2s', maxDelay: '5m' }) },
  }

  constructor(private process: ProcessWebhookEvent) {
    super()
  }

  async execute() {
    await this.process.handle(this.payload.eventId)
  }
}
