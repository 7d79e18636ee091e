import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { RAFFLE_STATUSES } from '#raffles/values'
import { rafflesList } from '#admin/raffles/lists/raffles_list'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class RafflesController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'raffles.view')
    const list = rafflesList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/raffles/index', this.clock.now(), { statuses: RAFFLE_STATUSES })
  }
}
