import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'
import { endOfWeek } from '#markets/leaderboard/periods'
import { rewardedMetric, rewardsIn, weeklyRewards } from '#markets/leaderboard/settings'
import type { Metric } from '#markets/values'

/** What the week that goes on will pay, and what those before it paid. */
@inject()
export class WeeklyRewards {
  constructor(private settings: Settings) {}

  async read(now: number) {
    const rewards = rewardsIn(await this.settings.get(weeklyRewards)) ?? []
    const paid = await db.from('leaderboard_snapshots').sum('reward as total').count('* as weeks').first()
    return {
      rewards,
      metric: (await this.settings.get(rewardedMetric)) as Metric,
      total: rewards.reduce((sum, each) => sum.add(each), Money.zero('PRED')),
      endsAt: endOfWeek(now),
      paid: Money.of(BigInt(paid.total ?? 0), 'PRED'),
      weeks: Number(paid.weeks),
    }
  }
}
