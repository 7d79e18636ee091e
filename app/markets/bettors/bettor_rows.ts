import { isPostgres } from '#core/database/dialect'
import { jsonRows, runStatement } from '#core/database/statement'
import type { Trx } from '#core/database/transaction'
import type { BettorChange } from '#markets/bettors/bettor_changes'
import { RANKS } from '#markets/bettors/ranks'

export const customers = () => jsonRows('d', { customer_id: 'bigint' })

export const idsAsJson = (customerIds: readonly number[]) =>
  JSON.stringify(customerIds.map((id) => ({ customer_id: id })))

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
  return runStatement(trx, addSql(), [now, changesAsJson(changes)])
}

/** Takes back what was added, but for streaks, which changes don't tell backwards. */
export function subtractFromBettors(trx: Trx, changes: readonly BettorChange[], now: number) {
  return runStatement(trx, subtractSql(), [now, changesAsJson(changes)])
}

const changesAsJson = (changes: readonly BettorChange[]) =>
  JSON.stringify(
    changes.map((change) => ({
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
  )

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

const addSql = () => `UPDATE bettors SET ${countsSql('-', '+')},
    streak = CASE WHEN d.losses > 0 THEN d.tail ELSE bettors.streak + d.tail END,
    best_streak = ${greatest('bettors.best_streak', 'bettors.streak + d.head', 'd.longest')}
  FROM ${jsonRows('d', CHANGE_COLUMNS)}
  WHERE bettors.customer_id = d.customer_id`

const subtractSql = () => `UPDATE bettors SET ${countsSql('+', '-')}
  FROM ${jsonRows('d', CHANGE_COLUMNS)}
  WHERE bettors.customer_id = d.customer_id`

/** What becomes of bets that are open, and of those that are over. */
const countsSql = (open: '+' | '-', over: '+' | '-') => `updated_at = ?,
    open_bets = bettors.open_bets ${open} d.bets,
    exposure = bettors.exposure ${open} d.exposure,
    refunds = bettors.refunds ${over} d.refunds,
    volume = bettors.volume ${over} d.volume,
    returned = bettors.returned ${over} d.returned,
    wins = bettors.wins ${over} d.wins,
    losses = bettors.losses ${over} d.losses,
    rank = ${rankSql(`bettors.wins ${over} d.wins`)}`

function rankSql(wins: string) {
  const cases = RANKS.toReversed().map(({ rank, from }) => `WHEN ${wins} >= ${from} THEN '${rank}'`)
  return `CASE ${cases.join(' ')} END`
}

function greatest(...expressions: string[]) {
  return `${isPostgres() ? 'GREATEST' : 'MAX'}(${expressions.join(', ')})`
}
