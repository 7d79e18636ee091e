import type { Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import type Market from '#markets/models/market'
import { openSettlement } from '#markets/settlement/locks'

/** Refuses `settlement_waiting` and `settlement_running`: one decision at a time. */
export async function notBeingSettled(trx: Trx, { id }: Market): Promise<Result<void>> {
  const open = await openSettlement(trx, id)
  if (!open) return ok()
  return open.status === 'waiting' ? refuse('settlement_waiting') : refuse('settlement_running')
}

/** Refuses `market_is_draft`, `already_resolved`, `already_cancelled`, or as `notBeingSettled`. */
export async function maySettle(trx: Trx, market: Market): Promise<Result<void>> {
  const free = await notBeingSettled(trx, market)
  if (!free.ok) return free
  if (market.status === 'draft') return refuse('market_is_draft')
  if (market.status === 'resolved') return refuse('already_resolved')
  return market.status === 'cancelled' ? refuse('already_cancelled') : ok()
}
