import type { AlertInput, Alerts } from '#core/contracts/alerts'
import type { ComponentReport } from '#system/health/health_report'

/** A component that others can do without may be away for so long: a blip, or a restart. */
const PATIENCE_MS = 15_000

/** Another process may still see it broken: it would have said so within this time. */
const QUIET_MS = 45_000

/** Turns rounds of findings into alerts and, later, into the news that it is over. */
export class ComponentAlerts {
  readonly #badSince = new Map<string, number>()
  /** Names without an open alert, as far as this process knows; a new one asks first. */
  readonly #settled = new Set<string>()

  constructor(private readonly alerts: Alerts) {}

  async tell(reports: ComponentReport[]) {
    for (const report of reports) {
      if (report.status === 'healthy') await this.#settle(report)
      else await this.#count(report)
    }
  }

  async #settle({ name }: ComponentReport) {
    this.#badSince.delete(name)
    if (this.#settled.has(name)) return
    if (await this.alerts.resolve(fingerprint(name), { quietForMs: QUIET_MS })) this.#settled.add(name)
  }

  async #count(report: ComponentReport) {
    const since = this.#badSince.get(report.name) ?? report.checkedAt
    this.#badSince.set(report.name, since)
    if (report.checkedAt - since < PATIENCE_MS && !isCritical(report)) return
    this.#settled.delete(report.name)
    await this.alerts.raise(alertOf(report))
  }
}

const fingerprint = (name: string) => `component:${name}`
const isCritical = ({ critical, status }: ComponentReport) => critical && status === 'unhealthy'

function alertOf(report: ComponentReport): AlertInput {
  return {
    kind: report.name === 'disk' ? 'disk' : 'component',
    severity: isCritical(report) ? 'critical' : 'warning',
    fingerprint: fingerprint(report.name),
    title: `${report.name} is ${report.status}${report.message ? `: ${report.message}` : ''}`,
    details: Object.fromEntries(
      Object.entries(report.details ?? {}).map(([name, value]) => [
        name,
        typeof value === 'number' ? value : String(value),
      ])
    ),
  }
}
