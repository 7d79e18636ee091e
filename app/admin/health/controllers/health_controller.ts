import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { OpenAlertsQuery } from '#notifications/queries/open_alerts_query'
import { HealthMonitor } from '#system/health/health_monitor'
import { LiveProcessesQuery } from '#system/processes/live_processes_query'
import { VersionsQuery } from '#system/queries/versions_query'
import { senderSummary } from '#admin/health/sender_summary'

@inject()
export default class HealthController {
  constructor(
    private clock: Clock,
    private monitor: HealthMonitor,
    private processes: LiveProcessesQuery,
    private alerts: OpenAlertsQuery,
    private versions: VersionsQuery
  ) {}

  async index({ bouncer, view }: HttpContext) {
    await bouncer.authorize('permission', 'health.view')
    const now = this.clock.now()
    const report = await this.monitor.report()
    const processes = await this.processes.all()
    return view.render('admin/health/index', {
      ...{ now, report, processes },
      details: new Map(report.components.map(({ name, details }) => [name, details ?? {}])),
      sender: senderSummary(processes, now),
      alerts: await this.alerts.run(),
      versions: await this.versions.run(),
    })
  }
}
