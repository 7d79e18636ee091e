import { Counter, Histogram } from 'prom-client'
import { ERROR_CATEGORIES, type ErrorCategory } from '#core/contracts/error_reporter'

/** Figures that code counts as it goes. What is read from the database at a scrape is in `database_gauges`. */
export const errorsTotal = new Counter({
  name: 'kontora_errors_total',
  help: 'Unexpected errors by category',
  labelNames: ['category'],
})
for (const category of ERROR_CATEGORIES) errorsTotal.inc({ category } satisfies { category: ErrorCategory }, 0)

/** Time from taking an update out of the inbox to the end of its processing. */
export const updateSeconds = new Histogram({
  name: 'kontora_update_duration_seconds',
  help: 'Time to process one update of the bot',
  labelNames: ['kind', 'outcome'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
})

/** Messages that the sender has dealt with. */
export const notificationsTotal = new Counter({
  name: 'kontora_notifications_total',
  help: 'Outbox rows by type and outcome of the attempt',
  labelNames: ['type', 'outcome'],
})

/** Jobs that have run here. */
export const jobSeconds = new Histogram({
  name: 'kontora_job_duration_seconds',
  help: 'Time of one execution of a job',
  labelNames: ['job', 'outcome'],
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300],
})

/** Webhooks that were not taken: forged, malformed, too large. */
export const webhooksRefused = new Counter({
  name: 'kontora_webhooks_refused_total',
  help: 'Webhooks that were not taken, by provider and reason',
  labelNames: ['provider', 'reason'],
})
