import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { ENTRY_SOURCES, ENTRY_STATUSES } from '#raffles/values'
import { entriesList } from '#admin/raffles/lists/entries_list'
import { renderList } from '#admin/shared/render_list'

/** Entries of our customers, those that failed too. */
@inject()
export default class EntriesController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'raffles.view')
    const list = entriesList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/raffles/entries', this.clock.now(), {
      ...{ statuses: ENTRY_STATUSES, sources: ENTRY_SOURCES },
    })
  }
}
