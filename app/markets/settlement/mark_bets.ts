import { jsonRows, runStatement } from '#core/database/statement'
import type { Trx } from '#core/database/transaction'
import type { BetStatus } from '#markets/values'

export interface Mark {
  id: number
  status: BetStatus
  payout: bigint | null
  transferId: number | null
}

const COLUMNS = { id: 'bigint', status: 'text', payout: 'bigint', transfer_id: 'bigint' } as const

/**
 * Writes what became of bets; `by` is null when they are open again.
 *
 * @throws Error when one of them is no longer as it was read, which the lock of the settlement forbids.
 */
export async function markBets(trx: Trx, marks: readonly Mark[], by: { settlementId: number; at: number } | null) {
  const rows = marks.map(({ id, status, payout, transferId }) => {
    return { id, status, payout: payout === null ? null : Number(payout), transfer_id: transferId }
  })
  const changed = await runStatement(
    trx,
    `UPDATE bets SET status = m.status, payout = m.payout, settlement_transfer_id = m.transfer_id,
       settlement_id = CAST(? AS BIGINT), settled_at = CAST(? AS BIGINT)
     FROM ${jsonRows('m', COLUMNS)}
     WHERE bets.id = m.id AND bets.status ${by ? '=' : '<>'} 'open' RETURNING bets.id`,
    [by?.settlementId ?? null, by?.at ?? null, JSON.stringify(rows)]
  )
  if (changed.length !== marks.length) throw new Error(`${marks.length - changed.length} bets were settled otherwise`)
}
