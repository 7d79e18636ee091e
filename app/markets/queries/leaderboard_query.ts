import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { publicName } from '#markets/leaderboard/public_name'
import { periodOf, type PeriodKind } from '#markets/leaderboard/periods'
import { shownScores, standings, type Standing } from '#markets/leaderboard/standings'
import LeaderboardScore from '#markets/models/leaderboard_score'
import type { Metric } from '#markets/values'

export interface LeaderboardInput {
  period: PeriodKind
  metric: Metric
  page?: number
  perPage?: number
  /** Whose own place is wanted. */
  customerId?: number | null
}

export interface LeaderboardRow extends Pick<Standing, 'customerId' | 'profit' | 'wins' | 'volume'> {
  place: number
  /** As others see it; user text: escape it. Empty for nobody's. */
  name: string
}

export interface OwnPlace {
  place: number
  profit: bigint
  wins: number
  volume: bigint
}

export interface Leaderboard {
  rows: LeaderboardRow[]
  hasMorePages: boolean
  /** Null while none of their bets was won or lost in the period, or they are not shown. */
  own: OwnPlace | null
}

/** Who is best in a period that goes on: by profit, wins or volume of bets settled in it. */
@inject()
export class LeaderboardQuery {
  constructor(private clock: Clock) {}

  async run(input: LeaderboardInput): Promise<Leaderboard> {
    const { metric, page = 1, perPage = 10, customerId } = input
    const period = periodOf(input.period, this.clock.now())
    const offset = (page - 1) * perPage
    const found = await standings(db, { period, metric, offset, limit: perPage + 1 })
    return {
      rows: found.slice(0, perPage).map((standing, index) => rowOf(standing, offset + index + 1)),
      hasMorePages: found.length > perPage,
      own: customerId ? await ownPlace(period, metric, customerId) : null,
    }
  }
}

export async function ownPlace(period: string, metric: Metric, customerId: number): Promise<OwnPlace | null> {
  const score = await shownScores(db, period).where('customers.id', customerId).select('customers.id').first()
  if (!score) return null
  const { profit, wins, volume } = await LeaderboardScore.query().where({ period, customerId }).firstOrFail()
  if (volume === 0n) return null
  const column = `leaderboard_scores.${metric}`
  const figure = Number({ profit, wins, volume }[metric])
  const ahead = await shownScores(db, period)
    .where((better) =>
      better
        .where(column, '>', figure)
        .orWhere((equal) => equal.where(column, figure).where('leaderboard_scores.customer_id', '<', customerId))
    )
    .where('leaderboard_scores.volume', '>', 0)
    .count('* as total')
    .first()
  return { place: Number(ahead.total) + 1, profit, wins, volume }
}

const rowOf = (standing: Standing, place: number): LeaderboardRow => {
  const { customerId, profit, wins, volume } = standing
  return { place, customerId, name: publicName(standing), profit, wins, volume }
}
