import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { ExposureBoardQuery } from '#markets/queries/exposure_board_query'
import { BOARD_STATES, exposureList } from '#admin/markets/lists/exposure_list'
import { optionOf } from '#admin/markets/page/categories'
import { percentShown } from '#admin/markets/page/market_figures'
import { MarketListContexts } from '#admin/markets/page/market_list_context'
import { endOfDay } from '#admin/shared/local_time'
import { renderList } from '#admin/shared/render_list'

/** What the house may lose by markets whose bets are not settled. */
@inject()
export default class ExposureController {
  constructor(
    private clock: Clock,
    private contexts: MarketListContexts,
    private board: ExposureBoardQuery
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    const now = this.clock.now()
    const context = await this.contexts.of(ctx)
    const board = await this.board.run(endOfDay(now, context.timeZone))
    return renderList(ctx, exposureList(context), 'admin/markets/exposure', now, {
      ...{ board, usedShown: percentShown(board.used.minor, board.limit.minor) },
      ...{ categories: context.categories.map(optionOf), states: BOARD_STATES },
    })
  }
}
