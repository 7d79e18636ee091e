import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { ScheduleDraw } from '#raffles/actions/schedule_draw'
import { SCHEDULE_STATUSES } from '#raffles/values'
import { schedulesList } from '#admin/raffles/lists/schedules_list'
import { scheduleValidator } from '#admin/raffles/validators/raffle_validators'
import { flashFieldRefusal } from '#admin/shared/flash_result'
import { instantOf, localTimeOf } from '#admin/shared/local_time'
import { renderList } from '#admin/shared/render_list'
import { panelText, refusalText } from '#admin/shared/words'

const PATH = '/admin/raffles/schedules'
const HOUR = 3_600_000

/** Draws that are planned, and what came of them. */
@inject()
export default class SchedulesController {
  constructor(
    private clock: Clock,
    private scheduleDraw: ScheduleDraw
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'raffles.view')
    const now = this.clock.now()
    const { timeZone } = ctx.auth.getUserOrFail()
    return renderList(ctx, schedulesList, 'admin/raffles/schedules', now, {
      statuses: SCHEDULE_STATUSES,
      earliest: localTimeOf(now, timeZone),
      proposed: localTimeOf(Math.ceil((now + HOUR) / HOUR) * HOUR, timeZone),
    })
  }

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'raffles.draw')
    const { at: local } = await ctx.request.validateUsing(scheduleValidator)
    const at = instantOf(local, ctx.auth.getUserOrFail().timeZone)
    if (at === undefined) flashFieldRefusal(ctx, 'at', panelText('raffles.schedules.at_invalid'))
    else await this.#schedule(ctx, at)
    return ctx.response.redirect().toPath(PATH)
  }

  async #schedule(ctx: HttpContext, at: number) {
    const result = await this.scheduleDraw.run({ at, actor: ctx.actor })
    if (result.ok) ctx.session.flash('success', panelText('raffles.schedules.done'))
    else flashFieldRefusal(ctx, 'at', refusalText(result.refusal))
  }
}
