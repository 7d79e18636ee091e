import db from '@adonisjs/lucid/services/db'
import type { HistoryRow } from '#ledger/history/history_item'
import type { TransferKind } from '#ledger/transfer_kinds'

/** What corrects these movements, or what closed their holds: by the id of the corrected transfer. */
export async function correctionsOf(rows: readonly HistoryRow[]): Promise<Map<number, TransferKind>> {
  const ids = rows.flatMap(({ transfer_id: id, closing_transfer_id: closing }) => (closing ? [id, closing] : [id]))
  if (ids.length === 0) return new Map()
  const found = await db
    .from('ledger_transfers')
    .whereIn('corrects_id', ids)
    .orderBy('id')
    .select('corrects_id', 'kind')
  return new Map(found.map(({ corrects_id: id, kind }) => [id, kind]))
}
