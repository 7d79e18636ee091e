import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import { PERIOD_KINDS, periodOf, type PeriodKind } from '#markets/leaderboard/periods'
import { METRICS, type Metric } from '#markets/values'
import { leaderboardList } from '#admin/leaderboard/lists/leaderboard_list'
import { WeeklyRewards } from '#admin/leaderboard/page/weekly_rewards'
import { renderList } from '#admin/shared/render_list'

/** Who is best in a period that goes on, as customers see it. */
@inject()
export default class LeaderboardController {
  constructor(
    private clock: Clock,
    private rewards: WeeklyRewards
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    return this.#render(ctx, 'week', 'profit')
  }

  async show(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    const kind = PERIOD_KINDS.find((known) => known === ctx.params.period)
    const metric = METRICS.find((known) => known === ctx.params.metric)
    if (!kind || !metric) return ctx.response.redirect().toPath('/admin/leaderboard')
    return this.#render(ctx, kind, metric)
  }

  async #render(ctx: HttpContext, kind: PeriodKind, metric: Metric) {
    const now = this.clock.now()
    const list = leaderboardList(periodOf(kind, now), metric)
    return renderList(ctx, list, 'admin/leaderboard/index', now, {
      ...{ kind, metric, metrics: METRICS, rewards: await this.rewards.read(now) },
    })
  }
}
