import db from '@adonisjs/lucid/services/db'
import { isoOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { days, yesNo } from '#admin/shared/list_filters'

export interface ReconciliationRow {
  id: number
  block_number: number
  wallets: number
  differences: number
  started_at: number
  finished_at: number
}

/** Comparisons of our books with the chain. */
export const reconciliationsList = (timeZone: string) =>
  defineList<ReconciliationRow>({
    name: 'chain-reconciliations',
    id: 'chain_reconciliations.id',
    query: () =>
      db
        .from('chain_reconciliations')
        .select('id', 'block_number', 'wallets', 'differences', 'started_at', 'finished_at'),
    filters: {
      differs: yesNo(
        (query) => query.where('chain_reconciliations.differences', '>', 0),
        (query) => query.where('chain_reconciliations.differences', 0)
      ),
      ...days(timeZone, 'chain_reconciliations.started_at'),
    },
    sorts: { started: 'chain_reconciliations.id' },
    defaultSort: '-started',
    csv: {
      started: (row) => isoOf(row.started_at),
      finished: (row) => isoOf(row.finished_at),
      block: (row) => row.block_number,
      wallets: (row) => row.wallets,
      differences: (row) => row.differences,
    },
  })
