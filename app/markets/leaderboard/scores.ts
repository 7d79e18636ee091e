import { jsonRows, runStatement } from '#core/database/statement'
import type { Trx } from '#core/database/transaction'
import type { BettorChange } from '#markets/bettors/bettor_changes'
import { periodsOf } from '#markets/leaderboard/periods'

const COLUMNS = { period: 'text', customer_id: 'bigint', profit: 'bigint', wins: 'bigint', volume: 'bigint' } as const

const ADD = () => `INSERT INTO leaderboard_scores (period, customer_id, profit, wins, volume)
  SELECT d.period, d.customer_id, d.profit, d.wins, d.volume FROM ${jsonRows('d', COLUMNS)} WHERE true
  ON CONFLICT (customer_id, period) DO UPDATE SET profit = leaderboard_scores.profit + excluded.profit,
    wins = leaderboard_scores.wins + excluded.wins, volume = leaderboard_scores.volume + excluded.volume`

/** Adds what was won and lost to the periods of that moment: `sign` -1 takes it back. */
export async function addScores(trx: Trx, changes: readonly BettorChange[], at: number, sign: 1 | -1 = 1) {
  const decided = changes.filter(({ wins, losses }) => wins + losses > 0)
  if (decided.length === 0) return
  const rows = periodsOf(at).flatMap((period) =>
    decided.map(({ customerId, returned, volume, wins }) => ({
      period,
      customer_id: customerId,
      profit: sign * Number(returned - volume),
      wins: sign * wins,
      volume: sign * Number(volume),
    }))
  )
  await runStatement(trx, ADD(), [JSON.stringify(rows)])
}
