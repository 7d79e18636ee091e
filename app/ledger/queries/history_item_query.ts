import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { rowsOf } from '#core/database/dialect'
import { correctionsOf } from '#ledger/history/corrections'
import {
  HISTORY_COLUMNS,
  HISTORY_JOINS,
  historyItem,
  type HistoryItem,
  type HistoryRow,
} from '#ledger/history/history_item'
import { LedgerReferences, type Cause } from '#ledger/references/references'

/** One line of a customer's history with what caused it; null when it is not theirs. */
@inject()
export class HistoryItemQuery {
  constructor(private references: LedgerReferences) {}

  async run(customerId: number, entryId: number): Promise<(HistoryItem & { cause: Cause | null }) | null> {
    const [row] = rowsOf<HistoryRow>(
      await db.rawQuery(
        `SELECT ${HISTORY_COLUMNS} FROM ledger_entries e ${HISTORY_JOINS}
         JOIN ledger_accounts a ON a.id = e.account_id WHERE e.id = ? AND a.customer_id = ?`,
        [entryId, customerId]
      )
    )
    if (!row) return null
    const item = historyItem(row, await correctionsOf([row]))
    const causeOf = await this.references.causesOf([item.reference])
    return { ...item, cause: causeOf(item.reference) }
  }
}
