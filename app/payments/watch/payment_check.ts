import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { HealthCheck, HealthFinding } from '#core/contracts/health'
import { paymentFigures } from '#payments/watch/payment_figures'
import { ProvidersStatusQuery } from '#payments/queries/providers_status_query'

/** So long a webhook may wait to be looked into. */
const SLOW_SECONDS = 300

/** Every configured way of paying answers, and no webhook lies about. */
@inject()
export class PaymentCheck implements HealthCheck {
  readonly name = 'payment'
  readonly critical = false

  constructor(
    private clock: Clock,
    private status: ProvidersStatusQuery
  ) {}

  async check(): Promise<HealthFinding> {
    const providers = await this.status.run()
    const used = providers.filter(
      ({ configured, enabled, provider }) => configured && enabled && provider !== 'balance'
    )
    const down = used.filter(({ state }) => state !== 'closed').map(({ provider }) => provider)
    const figures = await paymentFigures(this.clock.now())
    const details = {
      ...Object.fromEntries(used.map(({ provider, state }) => [provider, state])),
      webhooks_waiting: figures.webhooksWaiting,
      oldest_webhook_seconds: figures.oldestWebhookSeconds,
      to_settle: figures.openBreaks,
    }
    if (down.length > 0) return { status: 'degraded', message: `${down.join(', ')} does not answer`, details }
    if (figures.oldestWebhookSeconds <= SLOW_SECONDS) return { status: 'healthy', details }
    return { status: 'degraded', message: `a webhook has been waiting for ${figures.oldestWebhookSeconds} s`, details }
  }
}
