import { setImmediate as breathe } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'

export interface BookedTransfer {
  id: number
  kind: string
  idempotency_key: string
  fingerprint: string
  reference_type: string | null
  reference_id: string | null
  actor_type: string
  actor_id: number | null
  actor_name: string
  corrects_id: number | null
  note: string | null
  created_at: number
  entries: BookedEntry[]
}

export interface BookedEntry {
  id: number
  account_id: number
  account_kind: string
  currency: string
  amount: number
  balance: number
  created_at: number
  /** Of the account; null when there is none. */
  code: string | null
}

/** Transfers of one statement: SQLite answers nobody else meanwhile. */
const SLICE = 500

/**
 * Walks transfers with their entries in order of id, above `after` and up to `last`. One statement reads both, so that
 * none is seen half while business goes on.
 */
export async function* transferSlices(after: number, last: number): AsyncGenerator<BookedTransfer[]> {
  for (let from = after; from < last;) {
    const transfers = gather(rowsOf(await db.rawQuery(SQL, [from, last])))
    yield transfers
    if (transfers.length < SLICE) return
    from = transfers.at(-1)!.id
    await breathe()
  }
}

const SQL = `
  SELECT t.*, e.id AS entry_id, e.account_id, e.account_kind, e.currency, e.amount, e.balance,
    e.created_at AS entry_at, a.code
  FROM (SELECT * FROM ledger_transfers WHERE id > ? AND id <= ? ORDER BY id LIMIT ${SLICE}) t
  LEFT JOIN ledger_entries e ON e.transfer_id = t.id
  LEFT JOIN ledger_accounts a ON a.id = e.account_id
  ORDER BY t.id, e.id`

/** Columns of an entry beside those of its transfer; null for a transfer without entries. */
type Row = Omit<BookedTransfer, 'entries'> &
  Omit<BookedEntry, 'id' | 'created_at'> & { entry_id: number | null; entry_at: number }

function gather(rows: Row[]): BookedTransfer[] {
  const transfers: BookedTransfer[] = []
  for (const row of rows) {
    let transfer = transfers.at(-1)
    if (transfer?.id !== row.id) transfers.push((transfer = { ...row, entries: [] }))
    if (row.entry_id !== null) transfer.entries.push({ ...row, id: row.entry_id, created_at: row.entry_at })
  }
  return transfers
}
