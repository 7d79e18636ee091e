import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { HealthChecks } from '#core/contracts/health'
import { ComponentAlerts } from '#system/health/component_alerts'
import { overallStatus, type ComponentReport, type HealthReport } from '#system/health/health_report'
import { runCheck } from '#system/health/run_check'

const SETTLING_MS = 3000

/** Runs all checks in the background, so that asking costs nothing and a slow component delays nobody. */
@inject()
export class HealthMonitor {
  readonly #components = new Map<string, ComponentReport>()
  readonly #alerts: ComponentAlerts
  #timer?: NodeJS.Timeout
  #round?: Promise<void>
  #checkedAt = 0

  constructor(
    private readonly checks: HealthChecks,
    private readonly clock: Clock,
    alerts: Alerts
  ) {
    this.#alerts = new ComponentAlerts(alerts)
  }

  /** The second round comes early: at the first one the worker may not have told of itself yet. */
  start(intervalMs: number) {
    this.#timer ??= setInterval(() => this.round(), intervalMs).unref()
    setTimeout(() => this.#timer && this.round(), SETTLING_MS).unref()
    void this.round()
  }

  async stop() {
    clearInterval(this.#timer)
    this.#timer = undefined
    await this.#round
  }

  /** Checks everything once; a second caller meanwhile gets the same round. */
  round(): Promise<void> {
    this.#round ??= this.#runAll().finally(() => (this.#round = undefined))
    return this.#round
  }

  /** The latest findings; before the first round it waits for that. */
  async report(): Promise<HealthReport> {
    if (this.#checkedAt === 0) await this.round()
    const components = [...this.#components.values()]
    return { status: overallStatus(components), checkedAt: this.#checkedAt, components }
  }

  async #runAll() {
    const reports = await Promise.all(
      this.checks.all().map((check) => runCheck(check, () => this.clock.now(), this.#components.get(check.name)))
    )
    for (const report of reports) this.#components.set(report.name, report)
    this.#checkedAt = this.clock.now()
    await this.#alerts.tell(reports)
  }
}
