import { performance } from 'node:perf_hooks'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#core/database/dialect'
import { transaction } from '#core/database/transaction'
import { periodsOf } from '#markets/leaderboard/periods'

/** What somebody who writes SQL by hand would write to settle a market as it stands, all of it at once. */
export default async function byHand(settlementId: number): Promise<number> {
  const now = Date.now()
  const began = performance.now()
  await transaction(async (trx) => {
    for (const statement of statements(settlementId, now)) await trx.rawQuery(statement)
  })
  const ms = performance.now() - began
  await db.rawQuery('DROP TABLE settled')
  return ms
}

const statements = (settlementId: number, now: number): string[] => [
  ...['SELECT id FROM markets', `SELECT id FROM market_settlements WHERE id = ${settlementId}`].map(locked),
  `CREATE ${isPostgres() ? 'UNLOGGED ' : ''}TABLE settled AS
   SELECT s.*, s.payout * s.bought / s.stake AS paid_bought, s.payout - s.payout * s.bought / s.stake AS paid_granted
   FROM (SELECT b.id, b.reference, b.customer_id, c.telegram_id, b.outcome, b.stake, b.potential, b.bought,
     CASE WHEN b.outcome = 'YES' THEN 'won' ELSE 'lost' END AS status,
     CASE WHEN b.outcome = 'YES' THEN b.potential ELSE 0 END AS payout
     FROM bets b JOIN customers c ON c.id = b.customer_id WHERE b.status = 'open') AS s`,
  ...(isPostgres() ? ['ANALYZE settled'] : []),
  ...records(now),
  ...money(settlementId, now),
  `UPDATE bets SET status = s.status, payout = s.payout, settlement_id = ${settlementId}, settled_at = ${now},
     settlement_transfer_id = t.id
   FROM settled s LEFT JOIN ledger_transfers t ON t.idempotency_key = ${key('s.id', settlementId)}
   WHERE bets.id = s.id`,
  ...news(settlementId, now),
  `UPDATE market_settlements SET status = 'done', finished_at = ${now}, done_bets = (SELECT COUNT(*) FROM settled),
     done_payout = (SELECT SUM(payout) FROM settled) WHERE id = ${settlementId}`,
  'UPDATE house_exposure SET used = used - (SELECT exposure FROM markets)',
  `UPDATE markets SET exposure = 0, settled_at = ${now}, updated_at = ${now}`,
]

const locked = (sql: string) => (isPostgres() ? `${sql} FOR UPDATE` : sql)

const key = (bet: string, settlementId: number) => `'bet:' || ${bet} || ':settled:${settlementId}'`

/** Statistics, leaderboard and missions; nobody here had won or lost before, nor has bets on both sides. */
function records(now: number): string[] {
  const counted = `SELECT customer_id, status, COUNT(*) AS bets, SUM(stake) AS stake, SUM(payout) AS payout,
    SUM(potential - stake) AS exposure FROM settled GROUP BY customer_id, status`
  const wins = `CASE WHEN d.status = 'won' THEN d.bets ELSE 0 END`
  const greatest = isPostgres() ? 'GREATEST' : 'MAX'
  return [
    locked(
      'SELECT customer_id FROM bettors WHERE customer_id IN (SELECT customer_id FROM settled) ORDER BY customer_id'
    ),
    `UPDATE bettors SET open_bets = open_bets - d.bets, exposure = bettors.exposure - d.exposure,
       volume = volume + d.stake, returned = returned + d.payout, wins = wins + ${wins},
       losses = losses + d.bets - ${wins}, streak = CASE WHEN d.status = 'won' THEN streak + d.bets ELSE 0 END,
       best_streak = ${greatest}(best_streak, streak + ${wins}),
       rank = CASE WHEN wins + ${wins} >= 101 THEN 'grandmaster' WHEN wins + ${wins} >= 51 THEN 'diamond'
         WHEN wins + ${wins} >= 26 THEN 'gold' WHEN wins + ${wins} >= 11 THEN 'silver' ELSE 'bronze' END,
       updated_at = ${now}
     FROM (${counted}) AS d WHERE bettors.customer_id = d.customer_id`,
    `INSERT INTO leaderboard_scores (period, customer_id, profit, wins, volume)
     SELECT p.period, d.customer_id, d.payout - d.stake, ${wins}, d.stake
     FROM (${counted}) AS d, (${periodsOf(now)
       .map((period) => `SELECT '${period}' AS period`)
       .join(' UNION ALL ')}) AS p
     WHERE true ON CONFLICT (customer_id, period) DO UPDATE SET profit = leaderboard_scores.profit + excluded.profit,
       wins = leaderboard_scores.wins + excluded.wins, volume = leaderboard_scores.volume + excluded.volume`,
    `INSERT INTO mission_progress (mission_id, customer_id, progress, completed_at, target, parameters, reward, updated_at)
     SELECT m.id, b.customer_id, b.wins, CASE WHEN b.wins >= m.target THEN ${now} END,
       CASE WHEN b.wins >= m.target THEN m.target END, CASE WHEN b.wins >= m.target THEN m.parameters END,
       CASE WHEN b.wins >= m.target THEN m.reward END, ${now}
     FROM (SELECT DISTINCT customer_id FROM settled WHERE status = 'won') AS s
     JOIN bettors b ON b.customer_id = s.customer_id
     JOIN missions m ON m.condition IN ('wins', 'win_streak') AND m.is_active
     WHERE true ON CONFLICT (customer_id, mission_id) DO UPDATE SET progress = excluded.progress,
       completed_at = excluded.completed_at, target = excluded.target, parameters = excluded.parameters,
       reward = excluded.reward WHERE mission_progress.completed_at IS NULL`,
  ]
}

/** Winners' transfers, with the balance of each account after each of its entries. */
function money(settlementId: number, now: number): string[] {
  const fingerprint = isPostgres()
    ? `rtrim(translate(encode(sha256(convert_to(${key('id', settlementId)}, 'UTF8')), 'base64'), '+/', '-_'), '=')`
    : 'substr(hex(randomblob(22)), 1, 43)'
  const join = `FROM settled s JOIN ledger_transfers t ON t.idempotency_key = ${key('s.id', settlementId)}`
  const toCustomer = (kind: string, amount: string) =>
    `SELECT t.id, a.id, a.kind, ${amount}, a.balance ${join}
     JOIN ledger_accounts a ON a.code = 'PRED:${kind}:' || s.customer_id WHERE ${amount} > 0`
  return [
    locked(`SELECT id FROM ledger_accounts WHERE code = 'PRED:system:house' OR customer_id IN
      (SELECT customer_id FROM settled WHERE status = 'won') AND currency = 'PRED' AND kind IN ('wallet', 'granted')
      ORDER BY id`),
    `INSERT INTO ledger_transfers (kind, idempotency_key, fingerprint, reference_type, reference_id, actor_type,
       actor_name, created_at)
     SELECT 'bet_payout', ${key('id', settlementId)}, ${fingerprint}, 'bet', reference, 'system', 'system', ${now}
     FROM settled WHERE status = 'won' ORDER BY customer_id, id`,
    `INSERT INTO ledger_entries (transfer_id, account_id, account_kind, currency, amount, balance, created_at)
     SELECT m.transfer, m.account, m.kind, 'PRED', m.amount,
       m.before + SUM(m.amount) OVER (PARTITION BY m.account ORDER BY m.transfer ROWS UNBOUNDED PRECEDING), ${now}
     FROM (SELECT t.id AS transfer, a.id AS account, a.kind, -s.payout AS amount, a.balance AS before ${join}
         JOIN ledger_accounts a ON a.code = 'PRED:system:house'
       UNION ALL ${toCustomer('granted', 's.paid_granted')} UNION ALL ${toCustomer('wallet', 's.paid_bought')}) AS m
     ORDER BY m.transfer, m.account`,
    `UPDATE ledger_accounts SET balance = balance + s.total, updated_at = ${now}
     FROM (SELECT e.account_id, SUM(e.amount) AS total FROM ledger_entries e
       JOIN ledger_transfers t ON t.id = e.transfer_id WHERE t.kind = 'bet_payout' GROUP BY e.account_id) AS s
     WHERE s.account_id = ledger_accounts.id`,
  ]
}

/** One message a bet, and one for each mission that was completed. */
function news(settlementId: number, now: number): string[] {
  const columns = `type, status, operation, priority, chat_id, customer_id, template, params, buttons, attempts,
    scheduled_at, dedupe_key, created_at`
  const [object, array] = isPostgres() ? ['json_build_object', 'json_build_array'] : ['json_object', 'json_array']
  const button = (action: string, id: string) => `${array}(${object}('action', '${action}', 'id', ${id}))`
  const amount = (minor: string) => `${object}('minor', ${minor}, 'currency', 'PRED')`
  const common = `'title', m.title, 'outcome', s.outcome, 'stake', ${amount('s.stake')}`
  return [
    `INSERT INTO notifications (${columns})
     SELECT CASE WHEN s.status = 'won' THEN 'BET_WON' ELSE 'BET_LOST' END, 'PENDING', 'send', 50, s.telegram_id,
       s.customer_id, 'bet_' || s.status, CASE WHEN s.status = 'won'
         THEN ${object}(${common}, 'payout', ${amount('s.payout')}, 'paid_off', ${amount('0')}, 'has_paid_off', 'no')
         ELSE ${object}(${common}, 'result', m.result) END,
       ${array}(${button('bet', 's.reference')}, ${array}(${object}('action', 'markets'))), 0, ${now},
       'settlement:${settlementId}:bet:' || s.id, ${now}
     FROM settled s, markets m ORDER BY s.customer_id, s.id`,
    `INSERT INTO notifications (${columns})
     SELECT 'MISSION_COMPLETED', 'PENDING', 'send', 50, c.telegram_id, c.id, 'mission_completed',
       ${object}('emoji', m.emoji, 'title', m.titles ->> c.language, 'reward', ${amount('m.reward')}),
       ${button('claim_mission', 'm.id')}, 0, ${now}, 'mission:' || m.id || ':' || c.id || ':${now}', ${now}
     FROM mission_progress p JOIN missions m ON m.id = p.mission_id JOIN customers c ON c.id = p.customer_id
     WHERE p.completed_at = ${now}`,
  ]
}
