import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { METRICS, type Metric } from '#markets/values'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { choice } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface SnapshotRow {
  id: number
  /** `2026-W47`. */
  period: string
  metric: Metric
  places: number
  paid: Money
  created_at: number
}

export const snapshotsList = defineList<SnapshotRow>({
  name: 'leaderboard-snapshots',
  id: 'leaderboard_snapshots.id',
  query: () => db.from('leaderboard_snapshots').select('leaderboard_snapshots.*'),
  map: (row) => ({ ...row, paid: rowMoney(row.reward, 'PRED')! }),
  filters: { metric: choice(METRICS, (query, metric) => query.where('leaderboard_snapshots.metric', metric)) },
  sorts: { week: 'leaderboard_snapshots.period' },
  defaultSort: '-week',
  csv: {
    week: (row) => row.period,
    metric: (row) => row.metric,
    places: (row) => row.places,
    paid: (row) => decimalOf(row.paid),
    taken: (row) => isoOf(row.created_at),
  },
})
