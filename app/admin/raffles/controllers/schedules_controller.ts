import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { SCHEDULE_STATUSES } from '#raffles/values'
import { schedulesList } from '#admin/raffles/lists/schedules_list'
import { renderList } from '#admin/shared/render_list'

/** Draws that are planned, and what came of them. */
@inject()
export default class SchedulesController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'raffles.view')
    return renderList(ctx, schedulesList, 'admin/raffles/schedules', this.clock.now(), { statuses: SCHEDULE_STATUSES })
  }
}
