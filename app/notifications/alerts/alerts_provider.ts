import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { AlertRecipients } from '#core/contracts/alert_recipients'
import { Alerts } from '#core/contracts/alerts'
import { HealthChecks } from '#core/contracts/health'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import { TelegramGateway } from '#core/contracts/telegram_gateway'
import { AlertAudience } from '#notifications/alerts/alert_audience'
import { AlertDesk } from '#notifications/alerts/alert_desk'
import { AlertWebhook } from '#notifications/alerts/alert_webhook'
import { DirectAlert } from '#notifications/alerts/direct_alert'
import { staleAlertsTick } from '#notifications/alerts/stale_alerts'
import { alertSettings } from '#notifications/alerts/settings'

const REFRESH_MS = 60_000

export default class AlertsProvider {
  #refresh?: NodeJS.Timeout

  constructor(protected app: ApplicationService) {}

  register() {
    const { container } = this.app
    container.singleton(AlertWebhook, () => new AlertWebhook(env.get('ALERT_WEBHOOK_URL') !== undefined))
    container.singleton(AlertAudience, async (resolver) => {
      return new AlertAudience(await resolver.make(AlertRecipients), await resolver.make(Settings))
    })
    container.singleton(DirectAlert, async (resolver) => {
      const gateway = () => container.make(TelegramGateway)
      return new DirectAlert(await resolver.make(Clock), gateway, await resolver.make(AlertAudience))
    })
    container.singleton(Alerts, (resolver) => resolver.make(AlertDesk))
  }

  async boot() {
    const settings = await this.app.container.make(Settings)
    settings.register(alertSettings)
    const ticks = await this.app.container.make(Ticks)
    ticks.register(staleAlertsTick(await this.app.container.make(Clock)))
  }

  /** Where health is asked for. */
  async start() {
    if (!['web', 'test'].includes(this.app.getEnvironment()) || this.app.getMode() !== 'run') return
    const { OutboxCheck } = await import('#notifications/alerts/outbox_check')
    const { registerOutboxGauges } = await import('#notifications/alerts/outbox_gauges')
    const checks = await this.app.container.make(HealthChecks)
    checks.register(await this.app.container.make(OutboxCheck))
    registerOutboxGauges(await this.app.container.make(Clock))
  }

  /** Whoever watches health must know whom to tell when the database is gone. */
  async ready() {
    if (this.app.getEnvironment() !== 'web' || this.app.getMode() !== 'run') return
    const audience = await this.app.container.make(AlertAudience)
    this.#refresh = setInterval(() => audience.refresh(), REFRESH_MS).unref()
    await audience.refresh()
  }

  async shutdown() {
    clearInterval(this.#refresh)
  }
}
