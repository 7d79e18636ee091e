import { sumWhere } from '#markets/verify/windows'
import type { BetStatus, Outcome, PricingMode } from '#markets/values'

/** A bet beside what the ledger and its settlement say of it; amounts in minor units. */
export interface BetRow {
  reference: string
  market: string
  pricing: PricingMode
  status: BetStatus
  outcome: Outcome
  stake: number
  granted: number
  bought: number
  potential: number
  payout: number | null
  settled_at: number | null
  settlement_transfer_id: number | null
  settlement_id: number | null
  result: Outcome | null
  settlement_status: string | null
  is_of_market: number
  reversed_at: number | null
  position_id: number | null
  bettor_id: number | null
  /** Transfers that pay the stake, and those of a settlement that were not reversed. */
  stakes: number
  settlements: number
  effective_id: number | null
  taken_granted: number
  taken_bought: number
  given_granted: number
  given_bought: number
}

const IS_STAKE = `t.kind = 'bet' AND t.id = b.stake_transfer_id`
const IS_SETTLEMENT = `t.kind IN ('bet_payout', 'bet_refund') AND r.id IS NULL`
const OF_GRANTED = `a.kind IN ('granted', 'owed_granted') AND a.customer_id = b.customer_id`
const OF_BOUGHT = `a.kind IN ('wallet', 'receivable') AND a.customer_id = b.customer_id AND a.currency = 'PRED'`

/** One statement reads bets and what moved for them, so that no settlement comes in between. */
export const BETS_SQL = `SELECT b.id, b.reference, m.reference AS market, m.pricing, b.status, b.outcome, b.stake,
    b.granted, b.bought, b.potential, b.payout, b.settled_at, b.settlement_transfer_id, b.settlement_id,
    s.result, s.status AS settlement_status, s.reversed_at,
    CASE WHEN s.market_id = b.market_id THEN 1 ELSE 0 END AS is_of_market,
    p.id AS position_id, w.customer_id AS bettor_id,
    COUNT(DISTINCT CASE WHEN t.kind = 'bet' THEN t.id END) AS stakes,
    COUNT(DISTINCT CASE WHEN ${IS_SETTLEMENT} THEN t.id END) AS settlements,
    MAX(CASE WHEN ${IS_SETTLEMENT} THEN t.id END) AS effective_id,
    ${sumWhere(`${IS_STAKE} AND ${OF_GRANTED}`, '-e.amount')} AS taken_granted,
    ${sumWhere(`${IS_STAKE} AND ${OF_BOUGHT}`, '-e.amount')} AS taken_bought,
    ${sumWhere(`${IS_SETTLEMENT} AND ${OF_GRANTED}`, 'e.amount')} AS given_granted,
    ${sumWhere(`${IS_SETTLEMENT} AND ${OF_BOUGHT}`, 'e.amount')} AS given_bought
  FROM bets b JOIN markets m ON m.id = b.market_id
  LEFT JOIN market_settlements s ON s.id = b.settlement_id
  LEFT JOIN market_positions p ON p.market_id = b.market_id AND p.customer_id = b.customer_id
  LEFT JOIN bettors w ON w.customer_id = b.customer_id
  LEFT JOIN ledger_transfers t ON t.reference_type = 'bet' AND t.reference_id = b.reference
  LEFT JOIN ledger_transfers r ON r.corrects_id = t.id AND r.kind = 'reversal'
  LEFT JOIN ledger_entries e ON e.transfer_id = t.id
  LEFT JOIN ledger_accounts a ON a.id = e.account_id
  WHERE b.id > ? AND b.id <= ? GROUP BY b.id, m.id, s.id, p.id, w.customer_id ORDER BY b.id`
