import { isPostgres, rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import type MarketSettlement from '#markets/models/market_settlement'
import type { BetStatus, Outcome } from '#markets/values'

/** A bet as a settlement needs it, without a model: there are thousands. */
export interface BetRow {
  id: number
  reference: string
  customerId: number
  chatId: number
  outcome: Outcome
  status: BetStatus
  stake: bigint
  granted: bigint
  bought: bigint
  potential: bigint
  payout: bigint | null
  stakeTransferId: number
  settlementTransferId: number | null
}

/** On SQLite others wait while one transaction lasts. */
export const batchSize = () => (isPostgres() ? 1000 : 200)

const COLUMNS = `b.id, b.reference, b.customer_id AS "customerId", c.telegram_id AS "chatId", b.outcome, b.status,
  b.stake, b.granted, b.bought, b.potential, b.payout, b.stake_transfer_id AS "stakeTransferId",
  b.settlement_transfer_id AS "settlementTransferId"`

/** The bets after the cursor, in the order of customers, so that no two transactions lock them in different orders. */
export async function nextBets(trx: Trx, settlement: MarketSettlement): Promise<BetRow[]> {
  const { marketId, cursorCustomerId, cursorBetId, reversesId } = settlement
  const rows = rowsOf(
    await trx.rawQuery(
      `SELECT ${COLUMNS} FROM bets b JOIN customers c ON c.id = b.customer_id
       WHERE b.market_id = ? AND (b.customer_id, b.id) > (?, ?)
       AND ${reversesId === null ? "b.status = 'open'" : 'b.settlement_id = ?'}
       ORDER BY b.customer_id, b.id LIMIT ?`,
      [marketId, cursorCustomerId, cursorBetId, ...(reversesId === null ? [] : [reversesId]), batchSize()]
    )
  )
  return rows.map((row) => ({
    ...row,
    stake: BigInt(row.stake),
    granted: BigInt(row.granted),
    bought: BigInt(row.bought),
    potential: BigInt(row.potential),
    payout: row.payout === null ? null : BigInt(row.payout),
  }))
}
