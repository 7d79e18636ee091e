import env from '#start/env'
import { exponentialBackoff, Job } from '@adonisjs/queue'
import type { JobOptions } from '@adonisjs/queue/types'
import type { AlertNews } from '#notifications/alerts/alert_webhook'

const TIMEOUT_MS = 10_000

/** POSTs an alert as JSON to ALERT_WEBHOOK_URL: `{id, news, kind, severity, fingerprint, title, details, at}`. */
export default class PostAlertWebhook extends Job<AlertNews> {
  static options: JobOptions = {
    name: 'notifications.post_alert_webhook',
    retry: { maxRetries: 5, backoff: exponentialBackoff({ baseDelay: '5s', maxDelay: '5m' }) },
  }

  async execute() {
    const url = env.get('ALERT_WEBHOOK_URL')
    if (url) await postAlert(url, this.payload)
  }
}

export async function postAlert(url: string, { id, news, alert, at }: AlertNews) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, news, ...alert, at: new Date(at).toISOString() }),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`The alert webhook answered ${response.status}`)
}
