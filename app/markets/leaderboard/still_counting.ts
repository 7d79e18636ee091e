import type { Trx } from '#core/database/transaction'

/** Whether a settlement that changes scores of before that moment is under way: one begun by then, or undoing such a one. */
export async function isStillCounting(trx: Trx, end: number): Promise<boolean> {
  const running = await trx
    .from('market_settlements')
    .leftJoin('market_settlements as undone', 'undone.id', 'market_settlements.reverses_id')
    .where('market_settlements.status', 'running')
    .whereRaw('COALESCE(undone.started_at, market_settlements.started_at) < ?', [end])
    .select('market_settlements.id')
    .first()
  return running !== null
}
