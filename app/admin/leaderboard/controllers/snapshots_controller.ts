import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import LeaderboardSnapshot from '#markets/models/leaderboard_snapshot'
import { METRICS } from '#markets/values'
import { placesList } from '#admin/leaderboard/lists/places_list'
import { snapshotsList } from '#admin/leaderboard/lists/snapshots_list'
import { WeeklyRewards } from '#admin/leaderboard/page/weekly_rewards'
import { snapshotPage } from '#admin/leaderboard/page/snapshot_page'
import { renderList } from '#admin/shared/render_list'

/** Weeks as they ended, and what they paid. */
@inject()
export default class SnapshotsController {
  constructor(
    private clock: Clock,
    private rewards: WeeklyRewards
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    const now = this.clock.now()
    return renderList(ctx, snapshotsList, 'admin/leaderboard/snapshots/index', now, {
      ...{ metrics: METRICS, rewards: await this.rewards.read(now) },
    })
  }

  async show(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'markets.view')
    const snapshot = await LeaderboardSnapshot.findOrFail(ctx.params.id)
    return renderList(ctx, placesList(snapshot), 'admin/leaderboard/snapshots/show', this.clock.now(), {
      ...(await snapshotPage(snapshot)),
    })
  }
}
