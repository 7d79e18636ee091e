import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#core/database/dialect'
import { MarketFactory } from '#database/factories/market_factory'
import LedgerProof from '#ledger/models/ledger_proof'
import { insertCustomers } from '#tests/support/broadcasts/many_customers'

/** Each customer has so many bets, all on one side: every other customer on NO. */
export const BETS_EACH = 4
const ODDS = 210
const GRANTED = 100
const ISSUANCE = 1
const CLEARING = 2
const HOUSE = 3

/** An hour ago: older business would set the worker to work on its history. */
const AT = Date.now() - 3_600_000

/** Last night: the worker would begin with proving all of it, beside the settlement. */
const PROVEN = {
  ...{ outcome: 'clean' as const, transfers: 0, entries: 0, accounts: 0, offences: 0, details: [] },
  ...{ startedAt: Date.now(), finishedAt: Date.now() },
}

const stakeOf = (bet: string) => `(300 + ${bet} % 7 * 100)`
const potentialOf = (bet: string) => `(${stakeOf(bet)} * ${ODDS} / 100)`

/**
 * A market with so many bets as if all of them had been taken one after another: money, pools, positions and records.
 * Bet n is the customer's with the number `(n - 1) % customers + 1`, so that the bets of one lie far apart.
 */
export default async function fill(bets: number): Promise<string> {
  const customers = bets / BETS_EACH
  await insertCustomers(customers)
  await db.from('customers').update({ created_at: AT, updated_at: AT, last_active_at: AT })
  const market = await MarketFactory.merge({ categoryId: 1, title: 'Will it be settled in time?' }).create()
  await LedgerProof.create(PROVEN)
  const statements = [...accounts(customers), ...transfers(customers, bets), ...books(customers, bets, market.id)]
  if (isPostgres()) {
    const [before, after] = ['replica', 'origin'].map((role) => `SET session_replication_role = ${role}`)
    await db.rawQuery([before, ...statements, after].join(';\n'))
    for (const table of FILLED) await db.rawQuery(`VACUUM ANALYZE ${table}`)
    await db.rawQuery('CHECKPOINT')
  } else {
    for (const statement of statements) await db.rawQuery(statement)
    await db.rawQuery('ANALYZE')
    await db.rawQuery('PRAGMA wal_checkpoint(TRUNCATE)')
  }
  return market.reference
}

const FILLED = [
  ...['customers', 'ledger_accounts', 'ledger_transfers', 'ledger_entries', 'bets', 'markets', 'market_positions'],
  ...['bettors', 'mission_progress', 'leaderboard_scores', 'notifications'],
]

const numbers = (total: number) =>
  isPostgres()
    ? `(SELECT generate_series(1, ${total}) AS n) AS numbers`
    : `(WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${total})
        SELECT n FROM counter) AS numbers`

/** The wallet of customer n is account 2n + 2, their granted points 2n + 3. */
const walletOf = (customer: string) => `(2 * ${customer} + 2)`
const grantedOf = (customer: string) => `(2 * ${customer} + 3)`

function accounts(customers: number): string[] {
  const columns = 'code, kind, currency, customer_id, name, created_at, updated_at'
  const systems = ['issuance', 'clearing:sandbox', 'house']
  return [
    ...systems.map(
      (name) => `INSERT INTO ledger_accounts (${columns})
        VALUES ('PRED:system:${name}', 'system', 'PRED', NULL, '${name}', ${AT}, ${AT})`
    ),
    `INSERT INTO ledger_accounts (${columns})
     SELECT 'PRED:' || kind || ':' || n, kind, 'PRED', n, NULL, ${AT}, ${AT}
     FROM ${numbers(customers)}, (SELECT 'wallet' AS kind, 1 AS place UNION ALL SELECT 'granted', 2) AS kinds
     ORDER BY n, place`,
  ]
}

/** Transfer n brings customer n their points; bet n is paid by transfer `customers` + n. */
function transfers(customers: number, bets: number): string[] {
  const columns = 'kind, idempotency_key, fingerprint, reference_type, reference_id, actor_type, actor_name, created_at'
  const owner = `((n - 1) % ${customers} + 1)`
  const funds = 1000 * BETS_EACH
  const moves = [
    ...[`SELECT n AS transfer, ${ISSUANCE} AS account, -${GRANTED * BETS_EACH} AS amount FROM ${numbers(customers)}`],
    ...[`SELECT n, ${grantedOf('n')}, ${GRANTED * BETS_EACH} FROM ${numbers(customers)}`],
    ...[`SELECT n, ${CLEARING}, -${funds} FROM ${numbers(customers)}`],
    ...[`SELECT n, ${walletOf('n')}, ${funds} FROM ${numbers(customers)}`],
    ...[`SELECT ${customers} + n, ${HOUSE}, ${stakeOf('n')} FROM ${numbers(bets)}`],
    ...[`SELECT ${customers} + n, ${walletOf(owner)}, ${GRANTED} - ${stakeOf('n')} FROM ${numbers(bets)}`],
    ...[`SELECT ${customers} + n, ${grantedOf(owner)}, -${GRANTED} FROM ${numbers(bets)}`],
  ]
  return [
    `INSERT INTO ledger_transfers (${columns})
     SELECT 'top_up', 'bench:funds:' || n, 'bench', NULL, NULL, 'system', 'bench', ${AT} FROM ${numbers(customers)} ORDER BY n`,
    `INSERT INTO ledger_transfers (${columns})
     SELECT 'bet', 'bet:bench:' || n, 'bench', 'bet', 'B' || (100000000 + n), 'system', 'bench', ${AT}
     FROM ${numbers(bets)} ORDER BY n`,
    `INSERT INTO ledger_entries (transfer_id, account_id, account_kind, currency, amount, balance, created_at)
     SELECT m.transfer, m.account, a.kind, 'PRED', m.amount,
       SUM(m.amount) OVER (PARTITION BY m.account ORDER BY m.transfer ROWS UNBOUNDED PRECEDING), ${AT}
     FROM (${moves.join(' UNION ALL ')}) AS m JOIN ledger_accounts a ON a.id = m.account ORDER BY m.transfer, m.account`,
    `UPDATE ledger_accounts SET balance = s.total
     FROM (SELECT account_id, SUM(amount) AS total FROM ledger_entries GROUP BY account_id) AS s
     WHERE s.account_id = ledger_accounts.id`,
  ]
}

function books(customers: number, bets: number, marketId: number): string[] {
  const owner = `((n - 1) % ${customers} + 1)`
  const sums = 'COUNT(*) AS bets, SUM(stake) AS stake, SUM(potential) AS potential'
  const side = (outcome: string, sum: string) => `(SELECT ${sum} FROM bets WHERE outcome = '${outcome}')`
  const result = (outcome: string) => `(yes_pool + no_pool - ${outcome}_potential)`
  const ofBought = (outcome: string) => `(yes_bought + no_bought - ${outcome}_bought_potential)`
  const asBought = 'SUM(potential * bought / stake)'
  const least = isPostgres() ? 'LEAST' : 'MIN'
  return [
    `INSERT INTO bets (reference, key, market_id, customer_id, outcome, status, stake, granted, bought, odds, potential,
       yes_pool, no_pool, source, stake_transfer_id, created_at)
     SELECT 'B' || (100000000 + n), 'bench:' || n, ${marketId}, ${owner},
       CASE WHEN ${owner} % 2 = 1 THEN 'YES' ELSE 'NO' END, 'open', ${stakeOf('n')}, ${GRANTED},
       ${stakeOf('n')} - ${GRANTED}, ${ODDS}, ${potentialOf('n')}, 0, 0, 'bot', ${customers} + n, ${AT}
     FROM ${numbers(bets)} ORDER BY n`,
    `INSERT INTO market_positions (market_id, customer_id, outcome, bets, stake, potential)
     SELECT market_id, customer_id, MIN(outcome), ${sums} FROM bets GROUP BY market_id, customer_id ORDER BY customer_id`,
    `INSERT INTO bettors (customer_id, bets, open_bets, staked, exposure, first_bet_at, last_bet_at, updated_at)
     SELECT customer_id, bets, bets, stake, potential - stake, ${AT}, ${AT}, ${AT} FROM market_positions ORDER BY customer_id`,
    `UPDATE markets SET yes_pool = ${side('YES', 'SUM(stake)')}, no_pool = ${side('NO', 'SUM(stake)')},
       yes_potential = ${side('YES', 'SUM(potential)')}, no_potential = ${side('NO', 'SUM(potential)')},
       yes_bought = ${side('YES', 'SUM(bought)')}, no_bought = ${side('NO', 'SUM(bought)')},
       yes_bought_potential = ${side('YES', asBought)}, no_bought_potential = ${side('NO', asBought)},
       yes_bets = ${side('YES', 'COUNT(*)')}, no_bets = ${side('NO', 'COUNT(*)')}, bettors = ${customers}`,
    `UPDATE markets SET exposure = -${least}(0, ${result('yes')}, ${result('no')}, ${ofBought('yes')}, ${ofBought('no')})`,
    'UPDATE house_exposure SET used = (SELECT exposure FROM markets)',
  ]
}
