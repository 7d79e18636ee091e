import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { InsideNetworks } from '#system/metrics/inside_networks'
import type { ComponentReport } from '#system/health/health_report'
import { HealthMonitor } from '#system/health/health_monitor'

/** Answers from what the background rounds found. Details are for our own networks, states for everybody. */
@inject()
export default class HealthController {
  constructor(
    private readonly monitor: HealthMonitor,
    private readonly inside: InsideNetworks
  ) {}

  async index({ request, response }: HttpContext) {
    const { status, checkedAt, components } = await this.monitor.report()
    const detailed = this.inside.includes(request.ip())
    response.status(status === 'unhealthy' ? 503 : 200).header('cache-control', 'no-store')
    return {
      status,
      checked_at: new Date(checkedAt).toISOString(),
      components: Object.fromEntries(components.map((component) => [component.name, present(component, detailed)])),
    }
  }

  async show({ params, request, response }: HttpContext) {
    const { components } = await this.monitor.report()
    const component = components.find(({ name }) => name === params.component)
    response.header('cache-control', 'no-store')
    if (!component) return response.notFound({ status: 'unknown', message: 'There is no such component here' })
    response.status(component.status === 'unhealthy' ? 503 : 200)
    return present(component, this.inside.includes(request.ip()))
  }
}

function present({ status, latencyMs, since, message, details }: ComponentReport, detailed: boolean) {
  const shown = { status, latency_ms: latencyMs, since: new Date(since).toISOString() }
  return detailed ? { ...shown, message, details } : shown
}
