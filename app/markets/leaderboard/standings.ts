import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { Metric } from '#markets/values'

/** A customer's figures of a period; PRED in minor units. */
export interface Standing {
  customerId: number
  telegramId: number
  firstName: string
  username: string | null
  profit: bigint
  wins: number
  volume: bigint
}

interface Queryable {
  from(table: string): DatabaseQueryBuilderContract<any>
}

/** Scores of those who are shown: neither banned nor anonymised. */
export const shownScores = (client: Queryable, period: string) =>
  client
    .from('leaderboard_scores')
    .innerJoin('customers', 'customers.id', 'leaderboard_scores.customer_id')
    .where('leaderboard_scores.period', period)
    .whereNull('customers.banned_at')
    .whereNull('customers.anonymised_at')

/** The best ones, of those with something to show; of equals the older customer comes first. */
export async function standings(
  client: Queryable,
  { period, metric, offset = 0, limit }: { period: string; metric: Metric; offset?: number; limit: number }
): Promise<Standing[]> {
  const rows = await shownScores(client, period)
    .where(`leaderboard_scores.${metric}`, '>', 0)
    .orderBy(`leaderboard_scores.${metric}`, 'desc')
    .orderBy('leaderboard_scores.customer_id')
    .offset(offset)
    .limit(limit)
    .select('leaderboard_scores.*', 'customers.telegram_id', 'customers.first_name', 'customers.username')
  return rows.map((row) => ({
    customerId: row.customer_id,
    telegramId: row.telegram_id,
    firstName: row.first_name,
    username: row.username,
    profit: BigInt(row.profit),
    wins: row.wins,
    volume: BigInt(row.volume),
  }))
}
