import { setImmediate as breathe } from 'node:timers/promises'
import { runStatement } from '#core/database/statement'
import type { Trx } from '#core/database/transaction'
import { customers, idsAsJson } from '#markets/bettors/bettor_rows'

/** Bets that one statement looks at: some milliseconds, in which SQLite keeps everything else waiting. */
const MOST_BETS = 5000

interface Career {
  customerId: number
  /** Bets won or lost. */
  decided: number
}

/** Counts runs of wins again, from the bets as they stand; the rows are locked and count them already. */
export async function recountStreaks(trx: Trx, customerIds: readonly number[], mostBets = MOST_BETS) {
  const careers = await runStatement<Career>(trx, careersSql(), [idsAsJson(customerIds)])
  for (const group of inGroups(careers, mostBets)) {
    await runStatement(trx, recountSql(), [idsAsJson(group)])
    await breathe()
  }
}

/** Customers whose bets are so many together at most; one who has more is alone. */
export function inGroups(careers: readonly Career[], mostBets: number): number[][] {
  const groups: number[][] = []
  let left = 0
  for (const { customerId, decided } of careers) {
    if (decided > left || groups.length === 0) {
      groups.push([])
      left = mostBets
    }
    groups.at(-1)!.push(customerId)
    left -= decided
  }
  return groups
}

const careersSql = () => `SELECT bettors.customer_id AS "customerId", bettors.wins + bettors.losses AS decided
  FROM bettors JOIN ${customers()} ON d.customer_id = bettors.customer_id ORDER BY bettors.customer_id`

/** Runs of wins are what lies between two losses; the last one is the streak. */
const recountSql = () => `WITH those AS MATERIALIZED (
    SELECT d.customer_id FROM ${customers()}
  ), numbered AS (
    SELECT customer_id, status,
      SUM(CASE WHEN status = 'lost' THEN 1 ELSE 0 END) OVER (
        PARTITION BY customer_id ORDER BY settled_at, id ROWS UNBOUNDED PRECEDING) AS run
    FROM bets WHERE customer_id IN (SELECT customer_id FROM those) AND status IN ('won', 'lost')
  ), runs AS (
    SELECT customer_id, run, SUM(CASE WHEN status = 'won' THEN 1 ELSE 0 END) AS length
    FROM numbered GROUP BY customer_id, run
  ), streaks AS (
    SELECT customer_id, MAX(length) AS best,
      SUM(CASE WHEN is_last = 1 THEN length ELSE 0 END) AS streak
    FROM (SELECT runs.*, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY run DESC) AS is_last FROM runs) AS ordered
    GROUP BY customer_id
  )
  UPDATE bettors SET streak = COALESCE(streaks.streak, 0), best_streak = COALESCE(streaks.best, 0)
  FROM those LEFT JOIN streaks ON streaks.customer_id = those.customer_id
  WHERE bettors.customer_id = those.customer_id`
