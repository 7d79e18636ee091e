import db from '@adonisjs/lucid/services/db'
import { parseJson } from '#core/database/columns'
import { whereStartsWith } from '#core/database/starts_with'
import { defineList } from '#admin/shared/list'
import { days, identifier, type ListFilter } from '#admin/shared/list_filters'

export interface ListedEntry {
  id: number
  created_at: number
  actor_type: string
  actor_id: number | null
  actor_name: string
  action: string
  subject_type: string
  subject_id: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  ip: string | null
  request_id: string | null
}

/** The whole audit log, searched by days of the reader's time zone. */
export const auditList = (timeZone: string) =>
  defineList<ListedEntry>({
    name: 'audit',
    id: 'audit_entries.id',
    query: () => db.from('audit_entries').select('audit_entries.*'),
    map: (row) => ({ ...row, before: parseJson(row.before), after: parseJson(row.after) }),
    filters: {
      actor: identifier((query, id) => query.where({ actor_type: 'admin', actor_id: id })),
      action: startOfAction,
      subject: subjectOf,
      ...days(timeZone, 'audit_entries.created_at'),
    },
    sorts: { time: 'audit_entries.id' },
    defaultSort: '-time',
    csv: {
      id: (row) => row.id,
      time: (row) => new Date(row.created_at).toISOString(),
      actor_type: (row) => row.actor_type,
      actor_id: (row) => row.actor_id,
      actor: (row) => row.actor_name,
      action: (row) => row.action,
      subject_type: (row) => row.subject_type,
      subject_id: (row) => row.subject_id,
      before: (row) => row.before && JSON.stringify(row.before),
      after: (row) => row.after && JSON.stringify(row.after),
      address: (row) => row.ip,
      request: (row) => row.request_id,
    },
  })

/** `admin` finds `admin.created` and `admin.disabled`. */
const startOfAction: ListFilter<string> = {
  parse: (raw) => (/^[a-z_.]{1,60}$/.test(raw.trim()) ? raw.trim() : undefined),
  apply: (query, action) => whereStartsWith(query, 'audit_entries.action', action),
}

/** `customer` finds all of them, `customer 12` one. */
const subjectOf: ListFilter<string> = {
  parse: (raw) => (/^[a-z_]{1,40}( \S{1,64})?$/.test(raw.trim()) ? raw.trim() : undefined),
  apply: (query, subject) => {
    const [type, id] = subject.split(' ')
    query.where('audit_entries.subject_type', type)
    if (id) query.where('audit_entries.subject_id', id)
  },
}
