import db from '@adonisjs/lucid/services/db'
import { parseJson } from '#core/database/columns'
import { ALERT_KINDS, ALERT_SEVERITIES, type AlertKind, type AlertSeverity } from '#core/contracts/alerts'
import { defineList } from '#admin/shared/list'
import { choice } from '#admin/shared/list_filters'

export interface AlertRow {
  id: number
  kind: AlertKind
  severity: AlertSeverity
  title: string
  details: Record<string, string | number>
  occurrences: number
  created_at: number
  last_seen_at: number
  notified_at: number | null
  resolved_at: number | null
}

export const alertsList = defineList<AlertRow>({
  name: 'alerts',
  id: 'admin_alerts.id',
  query: () => db.from('admin_alerts').select('admin_alerts.*'),
  map: (row) => ({ ...row, details: parseJson(row.details) ?? {} }),
  filters: {
    state: choice(['open', 'resolved'], (query, state) =>
      state === 'open' ? query.whereNull('admin_alerts.resolved_at') : query.whereNotNull('admin_alerts.resolved_at')
    ),
    kind: choice(ALERT_KINDS, (query, kind) => query.where('admin_alerts.kind', kind)),
    severity: choice(ALERT_SEVERITIES, (query, severity) => query.where('admin_alerts.severity', severity)),
  },
  sorts: { began: 'admin_alerts.id' },
  defaultSort: '-began',
  csv: {
    began: (row) => new Date(row.created_at).toISOString(),
    last_seen: (row) => new Date(row.last_seen_at).toISOString(),
    resolved: (row) => (row.resolved_at === null ? null : new Date(row.resolved_at).toISOString()),
    kind: (row) => row.kind,
    severity: (row) => row.severity,
    title: (row) => row.title,
    occurrences: (row) => row.occurrences,
  },
})
