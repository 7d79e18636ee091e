import { isPostgres } from '#core/database/dialect'
import { jsonRows, runStatement } from '#core/database/statement'
import type { Trx } from '#core/database/transaction'
import type { BettorChange } from '#markets/bettors/bettor_changes'
import { RANKS } from '#markets/bettors/ranks'

const customers = () => jsonRows('d', { customer_id: 'bigint' })

const idsAsJson = (customerIds: readonly number[]) => JSON.stringify(customerIds.map((id) => ({ customer_id: id })))

/** Locks their rows in the order of ids, which all settlements keep; opens those that are not there. */
export async function lockBettors(trx: Trx, customerIds: readonly number[], now: number) {
  if (isPostgres() && (await lockThose(trx, customerIds)) === customerIds.length) return
  await runStatement(
    trx,
    `INSERT INTO bettors (customer_id, updated_at) SELECT d.customer_id, CAST(? AS BIGINT) FROM ${customers()}
     WHERE true ON CONFLICT (customer_id) DO NOTHING`,
    [now, idsAsJson(customerIds)]
  )
  if (isPostgres()) await lockThose(trx, customerIds)
}

async function lockThose(trx: Trx, customerIds: readonly number[]) {
  const rows = await runStatement(
    trx,
    `SELECT customer_id FROM bettors WHERE customer_id IN (SELECT d.customer_id FROM ${customers()})
     ORDER BY customer_id FOR UPDATE`,
    [idsAsJson(customerIds)]
  )
  return rows.length
}

/** Adds what was settled. */
export function addToBettors(trx: Trx, changes: readonly BettorChange[], now: number) {
  const rows = changes.map((change) => ({
    customer_id: change.customerId,
    bets: change.bets,
    exposure: Number(change.exposure),
    wins: change.wins,
    losses: change.losses,
    refunds: change.refunds,
    volume: Number(change.volume),
    returned: Number(change.returned),
    head: change.head,
    tail: change.tail,
    longest: change.longest,
  }))
  return runStatement(trx, addSql(), [now, JSON.stringify(rows)])
}

const CHANGE_COLUMNS = {
  customer_id: 'bigint',
  bets: 'bigint',
  exposure: 'bigint',
  wins: 'bigint',
  losses: 'bigint',
  refunds: 'bigint',
  volume: 'bigint',
  returned: 'bigint',
  head: 'bigint',
  tail: 'bigint',
  longest: 'bigint',
} as const

const addSql = () => `UPDATE bettors SET
    open_bets = bettors.open_bets - d.bets,
    exposure = bettors.exposure - d.exposure,
    refunds = bettors.refunds + d.refunds,
    volume = bettors.volume + d.volume,
    returned = bettors.returned + d.returned,
    wins = bettors.wins + d.wins,
    losses = bettors.losses + d.losses,
    streak = CASE WHEN d.losses > 0 THEN d.tail ELSE bettors.streak + d.tail END,
    best_streak = ${greatest('bettors.best_streak', 'bettors.streak + d.head', 'd.longest')},
    rank = ${rankSql('bettors.wins + d.wins')},
    updated_at = ?
  FROM ${jsonRows('d', CHANGE_COLUMNS)}
  WHERE bettors.customer_id = d.customer_id`

/** Counts everything that settlements say again, from the bets as they stand. Lock the rows in a statement before. */
export function recountBettors(trx: Trx, customerIds: readonly number[], now: number) {
  return runStatement(trx, recountSql(), [idsAsJson(customerIds), now])
}

/** Runs of wins are what lies between two losses; the last one is the streak. */
const recountSql = () => `WITH theirs AS (
    SELECT bets.* FROM bets WHERE bets.customer_id IN (SELECT d.customer_id FROM ${customers()})
  ), numbered AS (
    SELECT customer_id, status,
      SUM(CASE WHEN status = 'lost' THEN 1 ELSE 0 END) OVER (
        PARTITION BY customer_id ORDER BY settled_at, id ROWS UNBOUNDED PRECEDING) AS run
    FROM theirs WHERE status IN ('won', 'lost')
  ), runs AS (
    SELECT customer_id, run, SUM(CASE WHEN status = 'won' THEN 1 ELSE 0 END) AS length
    FROM numbered GROUP BY customer_id, run
  ), streaks AS (
    SELECT customer_id, MAX(length) AS best,
      SUM(CASE WHEN is_last = 1 THEN length ELSE 0 END) AS streak
    FROM (SELECT runs.*, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY run DESC) AS is_last FROM runs) AS ordered
    GROUP BY customer_id
  ), sums AS (
    SELECT customer_id,
      SUM(CASE WHEN status = 'open' THEN 1 ELSE 0 END) AS open_bets,
      SUM(CASE WHEN status = 'open' AND odds IS NOT NULL THEN potential - stake ELSE 0 END) AS exposure,
      SUM(CASE WHEN status = 'refunded' THEN 1 ELSE 0 END) AS refunds,
      SUM(CASE WHEN status = 'won' THEN 1 ELSE 0 END) AS wins,
      SUM(CASE WHEN status = 'lost' THEN 1 ELSE 0 END) AS losses,
      SUM(CASE WHEN status IN ('won', 'lost') THEN stake ELSE 0 END) AS volume,
      SUM(CASE WHEN status IN ('won', 'lost') THEN payout ELSE 0 END) AS returned
    FROM theirs GROUP BY customer_id
  )
  UPDATE bettors SET open_bets = sums.open_bets, exposure = sums.exposure, refunds = sums.refunds, wins = sums.wins,
    losses = sums.losses, volume = sums.volume, returned = sums.returned, streak = COALESCE(streaks.streak, 0),
    best_streak = COALESCE(streaks.best, 0), rank = ${rankSql('sums.wins')}, updated_at = ?
  FROM sums LEFT JOIN streaks ON streaks.customer_id = sums.customer_id
  WHERE bettors.customer_id = sums.customer_id`

function rankSql(wins: string) {
  const cases = RANKS.toReversed().map(({ rank, from }) => `WHEN ${wins} >= ${from} THEN '${rank}'`)
  return `CASE ${cases.join(' ')} END`
}

function greatest(...expressions: string[]) {
  return `${isPostgres() ? 'GREATEST' : 'MAX'}(${expressions.join(', ')})`
}
