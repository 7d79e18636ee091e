import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { deliveriesList } from '#admin/orders/deliveries_list'
import { renderList } from '#admin/shared/render_list'
import { countDeliveries } from '#admin/shared/navigation_counts'

/** Orders that wait for a person, the oldest first. */
@inject()
export default class QueueController {
  constructor(private clock: Clock) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'stars.view')
    const toDeliver = await countDeliveries()
    return renderList(ctx, deliveriesList, 'admin/orders/queue', this.clock.now(), { toDeliver })
  }
}
