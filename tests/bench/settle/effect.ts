import type { Query } from '#tests/bench/support/query'

const EFFECTS = {
  bets: `SELECT status, COUNT(*) AS n, SUM(payout) AS payout, COUNT(settlement_transfer_id) AS paid FROM bets
    GROUP BY status ORDER BY status`,
  transfers: 'SELECT kind, COUNT(*) AS n FROM ledger_transfers GROUP BY kind ORDER BY kind',
  entries: `SELECT account_kind, COUNT(*) AS n, SUM(amount) AS amount, SUM(balance) AS balance FROM ledger_entries
    GROUP BY account_kind ORDER BY account_kind`,
  accounts: 'SELECT kind, COUNT(*) AS n, SUM(balance) AS balance FROM ledger_accounts GROUP BY kind ORDER BY kind',
  bettors: `SELECT SUM(open_bets) AS open, SUM(volume) AS volume, SUM(returned) AS returned, SUM(wins) AS wins,
    SUM(losses) AS losses, SUM(streak) AS streaks, SUM(best_streak) AS best, SUM(exposure) AS exposure FROM bettors`,
  scores: `SELECT COUNT(*) AS n, COUNT(DISTINCT period) AS periods, SUM(profit) AS profit, SUM(wins) AS wins,
    SUM(volume) AS volume FROM leaderboard_scores`,
  missions: `SELECT mission_id, COUNT(*) AS n, SUM(progress) AS progress, COUNT(completed_at) AS completed, SUM(reward) AS
    reward FROM mission_progress GROUP BY mission_id ORDER BY mission_id`,
  news: 'SELECT template, COUNT(*) AS n FROM notifications GROUP BY template ORDER BY template',
  exposure: 'SELECT m.exposure, h.used FROM markets m, house_exposure h',
}

/** What a settlement has left behind, in sums: two that did the same have left the same. */
export async function effectOf(query: Query): Promise<Record<string, string>> {
  const effect: Record<string, string> = {}
  for (const [name, sql] of Object.entries(EFFECTS)) {
    const rows = await query(sql)
    effect[name] = JSON.stringify(rows.map((row) => Object.entries(row).map(([column, value]) => `${column} ${value}`)))
  }
  return effect
}

/** Names what two settlements have left differently. */
export const differenceOf = (ours: Record<string, string>, theirs: Record<string, string>) =>
  Object.keys(ours)
    .filter((name) => ours[name] !== theirs[name])
    .map((name) => `${name} differ:\n  ours    ${ours[name]}\n  by hand ${theirs[name]}`)
