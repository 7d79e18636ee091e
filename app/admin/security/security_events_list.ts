import db from '@adonisjs/lucid/services/db'
import { parseJson } from '#core/database/columns'
import { whereStartsWith } from '#core/database/starts_with'
import { SECURITY_EVENT_KINDS, type SecurityEventKind } from '#core/contracts/security_events'
import { defineList } from '#admin/shared/list'
import { choice, since } from '#admin/shared/list_filters'

export interface ListedSecurityEvent {
  id: number
  kind: SecurityEventKind
  subject: string
  ip: string
  count: number
  details: Record<string, string | number | boolean> | null
  created_at: number
  last_seen_at: number
}

const TABLE = 'security_events'

export const securityEventsList = defineList<ListedSecurityEvent>({
  name: 'security',
  id: `${TABLE}.id`,
  query: () => db.from(TABLE).select(`${TABLE}.*`),
  map: (row) => ({ ...row, details: parseJson(row.details) }),
  search: [
    (text) => whereStartsWith(db.from(TABLE).select('id'), 'subject', text),
    (text) => whereStartsWith(db.from(TABLE).select('id'), 'ip', text),
  ],
  filters: {
    kind: choice(SECURITY_EVENT_KINDS, (query, kind) => query.where(`${TABLE}.kind`, kind)),
    since: since(`${TABLE}.created_at`),
  },
  sorts: { time: `${TABLE}.created_at` },
  defaultSort: '-time',
  csv: {
    id: (row) => row.id,
    kind: (row) => row.kind,
    subject: (row) => row.subject,
    address: (row) => row.ip,
    count: (row) => row.count,
    first: (row) => new Date(row.created_at).toISOString(),
    last: (row) => new Date(row.last_seen_at).toISOString(),
    details: (row) => row.details && JSON.stringify(row.details),
  },
})
