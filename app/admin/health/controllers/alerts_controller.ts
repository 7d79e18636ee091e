import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { ALERT_KINDS, ALERT_SEVERITIES } from '#core/contracts/alerts'
import { alertsList } from '#admin/health/alerts_list'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class AlertsController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'health.view')
    return renderList(ctx, alertsList, 'admin/health/alerts', this.clock.now(), {
      kinds: ALERT_KINDS,
      severities: ALERT_SEVERITIES,
    })
  }
}
