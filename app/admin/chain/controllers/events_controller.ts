import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { EVENT_NAMES } from '#chain/values'
import { Clock } from '#core/clock'
import { eventsList, EVENT_STATUS_FILTERS } from '#admin/chain/lists/events_list'
import { addressNames } from '#admin/shared/chain_names'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class EventsController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'chain.view')
    const list = eventsList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/chain/events/index', this.clock.now(), {
      ...{ addressNames, names: EVENT_NAMES, statuses: EVENT_STATUS_FILTERS },
    })
  }
}
