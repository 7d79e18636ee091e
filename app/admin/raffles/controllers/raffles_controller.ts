import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { CurrentRaffleQuery } from '#raffles/queries/current_raffle_query'
import { UnpaidPrizeQuery } from '#raffles/queries/unpaid_prize_query'
import { WatchdogQuery } from '#raffles/queries/watchdog_query'
import { RAFFLE_STATUSES } from '#raffles/values'
import { rafflesList } from '#admin/raffles/lists/raffles_list'
import { raffleDetail } from '#admin/raffles/page/raffle_detail'
import { raffleEvents } from '#admin/raffles/page/raffle_events'
import { raffleSteps } from '#admin/raffles/page/raffle_steps'
import { renderList } from '#admin/shared/render_list'

@inject()
export default class RafflesController {
  constructor(
    private clock: Clock,
    private currentRaffle: CurrentRaffleQuery,
    private watchdog: WatchdogQuery,
    private unpaidPrize: UnpaidPrizeQuery
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'raffles.view')
    const list = rafflesList(ctx.auth.getUserOrFail().timeZone)
    return renderList(ctx, list, 'admin/raffles/index', this.clock.now(), {
      ...{ statuses: RAFFLE_STATUSES, current: await this.currentRaffle.run() },
    })
  }

  async show({ auth, bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'raffles.view')
    const detail = await raffleDetail(params.reference, this.clock.now())
    return view.render('admin/raffles/show', {
      ...detail,
      steps: raffleSteps(detail, auth.getUserOrFail().timeZone),
      timeline: raffleEvents(detail),
      unpaid: await this.unpaidPrize.run(detail.raffle),
      watch: detail.raffle.status === 'finished' ? null : await this.watchdog.run(),
    })
  }
}
