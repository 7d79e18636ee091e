import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import Market from '#markets/models/market'
import { BET_SOURCES, BET_STATUSES, OUTCOMES } from '#markets/values'
import { betsList } from '#admin/markets/lists/bets_list'
import { renderList } from '#admin/shared/render_list'

/** Bets of one market, or of all. */
@inject()
export default class BetsController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    const { reference } = ctx.params
    const market = reference === undefined ? null : await Market.findByOrFail('reference', reference)
    const list = betsList(ctx.auth.getUserOrFail().timeZone, market?.id)
    return renderList(ctx, list, 'admin/markets/bets', this.clock.now(), {
      ...{ market, statuses: BET_STATUSES, outcomes: OUTCOMES, sources: BET_SOURCES },
    })
  }
}
