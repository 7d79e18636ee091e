import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Money } from '#core/money/money'
import { placeOfRank, RANKS, type Rank } from '#markets/bettors/ranks'
import { PERIOD_KINDS, periodOf, type PeriodKind } from '#markets/leaderboard/periods'
import Bettor from '#markets/models/bettor'
import MissionProgress from '#markets/models/mission_progress'
import { ownPlace } from '#markets/queries/leaderboard_query'

export interface BettorProfile {
  rank: Rank
  /** Null at the top. */
  next: { rank: Rank; winsLeft: number } | null
  bets: number
  openBets: number
  wins: number
  losses: number
  streak: number
  bestStreak: number
  staked: Money
  /** Of bets won or lost; below zero when more was lost. */
  profit: Money
  activeDays: number
  missions: { completed: number; toClaim: number }
}

/** A customer as their bets add up; of one who never bet as well. */
@inject()
export class BettorProfileQuery {
  constructor(private clock: Clock) {}

  async run(customerId: number): Promise<BettorProfile> {
    const bettor = await Bettor.find(customerId)
    const rank = bettor?.rank ?? 'bronze'
    const wins = bettor?.wins ?? 0
    return {
      ...{ rank, next: nextRank(rank, wins), wins },
      bets: bettor?.bets ?? 0,
      openBets: bettor?.openBets ?? 0,
      losses: bettor?.losses ?? 0,
      streak: bettor?.streak ?? 0,
      bestStreak: bettor?.bestStreak ?? 0,
      staked: Money.of(bettor?.staked ?? 0n, 'PRED'),
      profit: Money.of(bettor?.profit ?? 0n, 'PRED'),
      activeDays: bettor?.activeDays ?? 0,
      missions: await missionsOf(customerId),
    }
  }

  /** By profit; null where no bet was won or lost in the period. */
  async places(customerId: number): Promise<Record<PeriodKind, number | null>> {
    const now = this.clock.now()
    const found = await Promise.all(
      PERIOD_KINDS.map(async (kind) => {
        const own = await ownPlace(periodOf(kind, now), 'profit', customerId)
        return [kind, own?.place ?? null] as const
      })
    )
    return Object.fromEntries(found) as Record<PeriodKind, number | null>
  }
}

function nextRank(rank: Rank, wins: number) {
  const next = RANKS.at(placeOfRank(rank) + 1)
  return next ? { rank: next.rank, winsLeft: next.from - wins } : null
}

async function missionsOf(customerId: number) {
  const rows = await MissionProgress.query().where('customerId', customerId).whereNotNull('completedAt')
  return { completed: rows.length, toClaim: rows.filter(({ claimedAt }) => claimedAt === null).length }
}
