import { differences, type Offence } from '#markets/verify/offence'
import { sumOf, windows } from '#markets/verify/windows'

const SETTLEMENTS = 10

/** Those that stand; one that is being undone stands no more. */
const SQL = `SELECT s.id, s.reference, s.status, s.staked, s.done_bets, s.done_payout, m.pricing,
    COUNT(b.id) AS real_done_bets, ${sumOf('b.payout')} AS real_done_payout,
    (SELECT CAST(COALESCE(SUM(e.amount), 0) AS bigint) FROM ledger_transfers t
      JOIN ledger_entries e ON e.transfer_id = t.id AND e.account_kind = 'system' AND e.amount > 0
      WHERE t.kind = 'market_fee' AND t.idempotency_key = 'settlement:' || s.id || ':fee') AS fee
  FROM market_settlements s JOIN markets m ON m.id = s.market_id
  LEFT JOIN bets b ON b.market_id = s.market_id AND b.settlement_id = s.id
  WHERE s.id > ? AND s.id <= ? AND s.kind <> 'reverse' AND s.status IN ('running', 'done') AND s.reversed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM market_settlements r WHERE r.reverses_id = s.id AND r.status = 'running')
  GROUP BY s.id, m.pricing ORDER BY s.id`

interface Row {
  reference: string
  status: string
  pricing: string
  staked: number
  done_bets: number
  done_payout: number
  real_done_bets: number
  real_done_payout: number
  fee: number
}

/** A settlement has done what its bets say; what a pool did not pay out is the fee. */
export async function* verifySettlements(signal?: AbortSignal): AsyncGenerator<Offence> {
  for await (const rows of windows<Row>(SQL, { table: 'market_settlements', size: SETTLEMENTS, signal })) {
    for (const row of rows) {
      const subject = `settlement ${row.reference}`
      yield* differences(subject, 'its bets', [
        ['done_bets', row.done_bets, row.real_done_bets],
        ['done_payout', row.done_payout, row.real_done_payout],
      ])
      const isOver = row.status === 'done' && row.pricing === 'parimutuel'
      yield* differences(subject, 'its payouts', [['fee', row.fee, isOver ? row.staked - row.real_done_payout : 0]])
    }
  }
}
