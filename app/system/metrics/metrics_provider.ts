import type { ApplicationService } from '@adonisjs/core/types'
import type { ResolvedPromConfig } from '@julr/adonisjs-prometheus/types'

/** Starts the package's collectors. Its own provider would also open a route that we don't want. */
export default class MetricsProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { collectors } = this.app.config.get<ResolvedPromConfig>('prometheus')
    for (const { resolver } of collectors) {
      const collector = await resolver(this.app)
      await collector.init()
      collector.register()
    }
  }
}
