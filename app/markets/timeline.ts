import i18nManager from '@adonisjs/i18n/services/main'
import type { TimelineItem, TimelineProvider } from '#core/contracts/timeline_source'
import { formatMoney } from '#core/money/format_money'
import { Money } from '#core/money/money'
import Bet from '#markets/models/bet'
import LeaderboardPlace from '#markets/models/leaderboard_place'
import MissionProgress from '#markets/models/mission_progress'

const KIND = 'markets'

/** A customer's bets as they were placed and settled, missions, and rewarded places of the leaderboard. */
export class MarketsTimeline implements TimelineProvider {
  readonly kind = KIND

  async items(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
    const found = await Promise.all([
      placedBets(customerId, before, limit),
      settledBets(customerId, before, limit),
      missions(customerId, before, limit, 'completedAt'),
      missions(customerId, before, limit, 'claimedAt'),
      places(customerId, before, limit),
    ])
    return found
      .flat()
      .sort((one, other) => other.at - one.at)
      .slice(0, limit)
  }
}

async function placedBets(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
  const bets = await betsBefore(customerId, 'createdAt', before, limit)
  return bets.map((bet) =>
    itemOf(bet, bet.createdAt, 'coin', words('bet', { stake: formatMoney(bet.stakeMoney), outcome: bet.outcome }))
  )
}

async function settledBets(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
  const bets = await betsBefore(customerId, 'settledAt', before, limit)
  return bets
    .filter(({ status }) => status !== 'open')
    .map((bet) =>
      itemOf(
        bet,
        bet.settledAt!,
        bet.status === 'won' ? 'trophy' : 'scale',
        words(`bet_${bet.status}`, { stake: formatMoney(bet.stakeMoney), payout: formatMoney(bet.payoutMoney!) })
      )
    )
}

const betsBefore = (customerId: number, moment: 'createdAt' | 'settledAt', before: number, limit: number) =>
  Bet.query()
    .where('customerId', customerId)
    .where(moment, '<', before)
    .preload('market')
    .orderBy(moment, 'desc')
    .orderBy('id', 'desc')
    .limit(limit)

const itemOf = ({ market }: Bet, at: number, icon: string, title: string): TimelineItem => ({
  ...{ at, kind: KIND, icon, title, detail: market.title },
  link: { route: 'admin.markets.show', params: [market.reference] },
})

async function missions(
  customerId: number,
  before: number,
  limit: number,
  moment: 'completedAt' | 'claimedAt'
): Promise<TimelineItem[]> {
  const rows = await MissionProgress.query()
    .where('customerId', customerId)
    .where(moment, '<', before)
    .preload('mission')
    .orderBy(moment, 'desc')
    .limit(limit)
  return rows.map((row) => ({
    at: row[moment]!,
    kind: KIND,
    icon: 'target',
    title: words(moment === 'completedAt' ? 'mission_completed' : 'mission_claimed'),
    detail: `${row.mission.titleIn('en')}: ${formatMoney(Money.of(row.reward!, 'PRED'))}`,
    link: { route: 'admin.missions.show', params: [row.missionId] },
  }))
}

async function places(customerId: number, before: number, limit: number): Promise<TimelineItem[]> {
  const rows = await LeaderboardPlace.query()
    .innerJoin('leaderboard_snapshots', 'leaderboard_snapshots.id', 'leaderboard_places.snapshot_id')
    .where('leaderboard_places.customer_id', customerId)
    .where('leaderboard_places.reward', '>', 0)
    .where('leaderboard_snapshots.created_at', '<', before)
    .orderBy('leaderboard_snapshots.created_at', 'desc')
    .limit(limit)
    .select('leaderboard_places.*')
    .select({ period: 'leaderboard_snapshots.period', taken_at: 'leaderboard_snapshots.created_at' })
  return rows.map(({ place, reward, snapshotId, $extras }) => ({
    at: Number($extras.taken_at),
    kind: KIND,
    icon: 'medal',
    title: words('place', { place, period: $extras.period }),
    detail: formatMoney(Money.of(reward, 'PRED')),
    link: { route: 'admin.leaderboard.snapshots.show', params: [snapshotId] },
  }))
}

const words = (key: string, params?: Record<string, string | number>) =>
  i18nManager.locale(i18nManager.defaultLocale).t(`panel.timeline.markets.${key}`, params)
