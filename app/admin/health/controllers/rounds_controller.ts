import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { HealthMonitor } from '#system/health/health_monitor'
import { panelText } from '#admin/shared/words'

/** A round of checks outside of the schedule. */
@inject()
export default class RoundsController {
  constructor(private monitor: HealthMonitor) {}

  async store({ bouncer, response, session }: HttpContext) {
    await bouncer.authorize('permission', 'health.view')
    await this.monitor.round()
    session.flash('success', panelText('health.checked'))
    return response.redirect().toPath('/admin/health')
  }
}
