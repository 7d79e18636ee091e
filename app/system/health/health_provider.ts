import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { HealthChecks } from '#core/contracts/health'
import { HealthMonitor } from '#system/health/health_monitor'

const DEFAULT_INTERVAL_S = 30

export default class HealthProvider {
  #monitor?: HealthMonitor

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(HealthMonitor, async (resolver) => {
      const [checks, clock, alerts] = [resolver.make(HealthChecks), resolver.make(Clock), resolver.make(Alerts)]
      return new HealthMonitor(await checks, await clock, await alerts)
    })
  }

  /** Only the process that answers `/health` asks the components; the others tell of themselves by heartbeat. */
  async start() {
    if (!['web', 'test'].includes(this.app.getEnvironment()) || this.app.getMode() !== 'run') return
    const { registerSystemChecks } = await import('#system/health/register_checks')
    await registerSystemChecks(this.app.container)
    await this.#registerMetrics()
  }

  async ready() {
    if (this.app.getEnvironment() !== 'web' || this.app.getMode() !== 'run') return
    this.#monitor = await this.app.container.make(HealthMonitor)
    this.#monitor.start(env.get('HEALTH_CHECK_INTERVAL', DEFAULT_INTERVAL_S) * 1000)
  }

  async shutdown() {
    await this.#monitor?.stop()
  }

  async #registerMetrics() {
    const { registerGauges } = await import('#system/metrics/database_gauges')
    registerGauges(await this.app.container.make(Clock), await this.app.container.make(HealthMonitor))
  }
}
