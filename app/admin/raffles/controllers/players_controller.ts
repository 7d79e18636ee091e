import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import Raffle from '#raffles/models/raffle'
import { PLAYER_STATUSES } from '#raffles/values'
import { playersList } from '#admin/raffles/lists/players_list'
import { renderList } from '#admin/shared/render_list'

/** Everybody in a round. */
@inject()
export default class PlayersController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'raffles.view')
    const raffle = await Raffle.findByOrFail('reference', ctx.params.reference)
    return renderList(ctx, playersList(raffle.id), 'admin/raffles/players', this.clock.now(), {
      ...{ raffle, statuses: PLAYER_STATUSES },
    })
  }
}
