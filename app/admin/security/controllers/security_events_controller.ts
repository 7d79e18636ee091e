import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { renderList } from '#admin/shared/render_list'
import { SECURITY_EVENT_KINDS } from '#core/contracts/security_events'
import { SecuritySummaryQuery } from '#staff/queries/security_summary_query'
import { securityEventsList } from '#admin/security/security_events_list'

@inject()
export default class SecurityEventsController {
  constructor(
    private clock: Clock,
    private summary: SecuritySummaryQuery
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'security.view')
    return renderList(ctx, securityEventsList, 'admin/security/index', this.clock.now(), {
      kinds: SECURITY_EVENT_KINDS,
      summary: await this.summary.handle(),
    })
  }
}
