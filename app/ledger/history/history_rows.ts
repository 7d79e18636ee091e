import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'
import type { AccountKind } from '#ledger/accounts'
import { HISTORY_COLUMNS, HISTORY_JOINS, type HistoryRow } from '#ledger/history/history_item'
import type { TransferKind } from '#ledger/transfer_kinds'

/** What is held shows as a pending line of the wallet that it left. */
const SHOWN: readonly AccountKind[] = ['wallet', 'granted', 'custody', 'receivable', 'owed_granted']

/** Place of an entry in its account's time. */
export interface Position {
  id: number
  created_at: number
}

export interface HistoryRange {
  since?: number
  /** A moment that all of it lies before. */
  before?: number
  /** An entry that all of it comes after, in the direction of reading. */
  from?: Position
  /** Towards now, instead of towards the past. */
  upwards?: boolean
  kind?: TransferKind
  limit: number
}

/** Accounts of a customer that make the history. */
export async function historyAccounts(customerId: number): Promise<number[]> {
  const rows = await db
    .from('ledger_accounts')
    .where('customer_id', customerId)
    .whereIn('kind', [...SHOWN])
    .select('id')
  return rows.map(({ id }) => id)
}

/** Reads each account by its index from where the page begins, so that the length of its history does not matter. */
export async function historyRows(accountIds: readonly number[], range: HistoryRange): Promise<HistoryRow[]> {
  if (accountIds.length === 0) return []
  const order = range.upwards ? 'ASC' : 'DESC'
  const conditions = conditionsOf(range)
  const where = conditions.map(({ sql }) => `AND ${sql}`).join(' ')
  const part = (_: number, index: number) => `SELECT * FROM (
    SELECT ${HISTORY_COLUMNS} FROM ledger_entries e ${HISTORY_JOINS} WHERE e.account_id = ? ${where}
    ORDER BY e.created_at ${order}, e.id ${order} LIMIT ${range.limit}) AS account_${index}`
  const sql = `${accountIds.map(part).join(' UNION ALL ')} ORDER BY created_at ${order}, id ${order} LIMIT ${range.limit}`
  const values = conditions.flatMap(({ bindings }) => bindings)
  return rowsOf<HistoryRow>(
    await db.rawQuery(
      sql,
      accountIds.flatMap((id) => [id, ...values])
    )
  )
}

function conditionsOf({ since, before, from, upwards, kind }: HistoryRange) {
  const conditions: Array<{ sql: string; bindings: Array<string | number> }> = []
  if (since !== undefined) conditions.push({ sql: 'e.created_at >= ?', bindings: [since] })
  if (before !== undefined) conditions.push({ sql: 'e.created_at < ?', bindings: [before] })
  if (from) {
    const sql = `(e.created_at, e.id) ${upwards ? '>' : '<'} (?, ?)`
    conditions.push({ sql, bindings: [from.created_at, from.id] })
  }
  /** Plain comparisons, which the planner can estimate: it then walks the index instead of sorting the account. */
  if (kind) conditions.push({ sql: '(t.kind = ? OR h.kind = ?)', bindings: [kind, kind] })
  return conditions
}
