import { inject } from '@adonisjs/core'
import { exponentialBackoff, Job } from '@adonisjs/queue'
import type { JobOptions } from '@adonisjs/queue/types'
import { ProcessWebhookEvent } from '#payments/actions/process_webhook_event'

/** Wakes somebody up for stored webhooks; the rows themselves say whether they still wait. */
@inject()
export default class ProcessWebhooks extends Job<{ eventIds: number[] }> {
  static options: JobOptions = {
    name: 'payments.process_webhooks',
    retry: { maxRetries: 8, backoff: exponentialBackoff({ baseDelay: '2s', maxDelay: '5m' }) },
  }

  constructor(private process: ProcessWebhookEvent) {
    super()
  }

  /** One that fails holds up no other; those that are through are passed over when it is tried again. */
  async execute() {
    const outcomes = await Promise.allSettled(this.payload.eventIds.map((id) => this.process.handle(id)))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    if (failed) throw failed.reason
  }
}
