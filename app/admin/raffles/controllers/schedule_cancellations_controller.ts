import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { CancelSchedule } from '#raffles/actions/cancel_schedule'
import RaffleSchedule from '#raffles/models/raffle_schedule'
import { flashResult } from '#admin/shared/flash_result'
import { panelText } from '#admin/shared/words'

@inject()
export default class ScheduleCancellationsController {
  constructor(private cancelSchedule: CancelSchedule) {}

  async store(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'raffles.draw')
    const { id } = await RaffleSchedule.findOrFail(ctx.params.id)
    const result = await this.cancelSchedule.run({ scheduleId: id, actor: ctx.actor })
    flashResult(ctx, result, panelText('raffles.schedules.cancelled'))
    return ctx.response.redirect().toPath('/admin/raffles/schedules')
  }
}
