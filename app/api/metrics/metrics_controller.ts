import { inject } from '@adonisjs/core'
import { register } from 'prom-client'
import type { HttpContext } from '@adonisjs/core/http'
import { InsideNetworks } from '#system/metrics/inside_networks'

/** The package's own route lets everybody in when its list is empty, and mixes up IPv4 and IPv6 networks. */
@inject()
export default class MetricsController {
  constructor(private readonly inside: InsideNetworks) {}

  async index({ request, response }: HttpContext) {
    if (!this.inside.includes(request.ip())) {
      return response.forbidden({ message: 'Metrics are for the networks in METRICS_ALLOWED_IPS' })
    }
    return response.type(register.contentType).send(await register.metrics())
  }
}
