import type { AlertInput } from '#core/contracts/alerts'
import { enqueue } from '#core/database/enqueue'
import type { Trx } from '#core/database/transaction'
import PostAlertWebhook from '#notifications/jobs/post_alert_webhook'

export interface AlertNews {
  /** Of the spell; 0 when it was never stored. */
  id: number
  news: 'raised' | 'resolved'
  alert: AlertInput
  /** Epoch milliseconds. */
  at: number
}

/** An outside receiver of alerts (an SMS gateway, a pager), posted to by a job. */
export class AlertWebhook {
  constructor(private readonly isConfigured: boolean) {}

  async announce(trx: Trx, news: AlertNews) {
    if (this.isConfigured) await enqueue(trx, PostAlertWebhook, news)
  }
}
