import { setImmediate as breathe } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { rowsOf } from '#core/database/dialect'
import { Money } from '#core/money/money'
import type MarketSettlement from '#markets/models/market_settlement'
import { currentSettlement } from '#markets/settlement/locks'
import { seenOf } from '#markets/settlement/plan'
import { windowEnd } from '#markets/settlement/reversible'
import { predNow, reversalHours, settlementApprovalAbove } from '#markets/settings'

const PAGE = 500
const pred = (minor: bigint) => Money.of(minor, 'PRED')

/** What undoing the settlement of a market would do now; null when there is none that stands. */
@inject()
export class ReversalPreviewQuery {
  constructor(
    private clock: Clock,
    private settings: Settings
  ) {}

  async run({ marketId }: { marketId: number }) {
    const settlement = await currentSettlement({}, marketId)
    if (!settlement) return null
    const approvalAbove = await predNow(this.settings, settlementApprovalAbove)
    const windowEndsAt = windowEnd(settlement, await this.settings.get(reversalHours))
    const { doneBets: bets, donePayout: takenBack, startedAt } = settlement
    return {
      ...{ settlement, bets, takenBack: pred(takenBack), windowEndsAt },
      isOver: this.clock.now() >= windowEndsAt,
      ...(await debtors(settlement)),
      /** What customers were paid since for having won: it stays. */
      missionsClaimed: await count('mission_progress', 'claimed_at', marketId, startedAt!),
      placesPaid: await placesPaid(marketId, startedAt!),
      needsApproval: takenBack > approvalAbove.minor,
      seen: seenOf(bets, takenBack),
    }
  }
}

/** Customers who have spent what they won, and what they would owe: by pages, in the order of customers. */
async function debtors({ id, marketId }: MarketSettlement) {
  let [customers, owed, after] = [0, 0n, 0]
  for (;;) {
    const page = await db
      .from('market_positions')
      .where('market_id', marketId)
      .where('customer_id', '>', after)
      .orderBy('customer_id')
      .limit(PAGE)
      .select('customer_id')
    if (page.length === 0) return { owedBy: customers, owed: pred(owed) }
    const upTo = page.at(-1).customer_id
    const rows = rowsOf<{ customers: number; owed: number | null }>(
      await db.rawQuery(MISSING, [marketId, id, after, upTo])
    )
    customers += Number(rows[0].customers)
    owed += BigInt(rows[0].owed ?? 0)
    after = upTo
    await breathe()
  }
}

const MISSING = `SELECT COUNT(DISTINCT customer_id) AS customers, CAST(SUM(received - balance) AS bigint) AS owed FROM (
  SELECT a.customer_id, a.balance, SUM(e.amount) AS received
  FROM bets b JOIN ledger_entries e ON e.transfer_id = b.settlement_transfer_id
  JOIN ledger_accounts a ON a.id = e.account_id
  WHERE b.market_id = ? AND b.settlement_id = ? AND b.customer_id > ? AND b.customer_id <= ?
  AND a.kind IN ('wallet', 'granted')
  GROUP BY a.id, a.customer_id, a.balance) sums
WHERE received > balance`

/** Rows of customers of that market since then. */
async function count(table: string, column: string, marketId: number, since: number) {
  const [{ total }] = await ofCustomers(table, marketId).where(`${table}.${column}`, '>=', since).count('* as total')
  return Number(total)
}

async function placesPaid(marketId: number, since: number) {
  const [{ total }] = await ofCustomers('leaderboard_places', marketId)
    .join('leaderboard_snapshots as s', 's.id', 'leaderboard_places.snapshot_id')
    .where('s.created_at', '>=', since)
    .where('leaderboard_places.reward', '>', 0)
    .count('* as total')
  return Number(total)
}

const ofCustomers = (table: string, marketId: number) =>
  db.from(table).join('market_positions as p', 'p.customer_id', `${table}.customer_id`).where('p.market_id', marketId)
