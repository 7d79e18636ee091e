import db from '@adonisjs/lucid/services/db'
import { parseJson } from '#core/database/columns'
import { NEWS_CATEGORIES, type NewsCategory } from '#customers/news_categories'
import type { Audience } from '#broadcasts/audience'
import { BROADCAST_STATUSES, type BroadcastStatus, type ScheduleMode } from '#broadcasts/values'
import { defineList } from '#admin/shared/list'
import { choice, since, type ListSearch } from '#admin/shared/list_filters'

export interface BroadcastRow {
  id: number
  reference: string
  title: string
  status: BroadcastStatus
  category: NewsCategory
  audience: Audience
  schedule_mode: ScheduleMode | null
  scheduled_at: number | null
  scheduled_local: string | null
  created_at: number
  started_at: number | null
  completed_at: number | null
  author: string | null
  written: number
  sent: number
  blocked: number
  failed: number
  unknown: number
  cancelled: number
}

const COUNTERS = ['written', 'sent', 'blocked', 'failed', 'unknown', 'cancelled'] as const
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** Broadcasts number in the hundreds: any part of the title finds one. */
const titleHolds: ListSearch = (text) =>
  db
    .from('broadcasts')
    .select('id')
    .whereRaw(`lower(title) LIKE ? ESCAPE '!'`, [`%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`])

const counter = (name: string) =>
  db
    .from('broadcast_counters')
    .sum(name)
    .where('operation', 'send')
    .whereColumn('broadcast_counters.broadcast_id', 'broadcasts.id')
    .as(name)

export const broadcastsList = defineList<BroadcastRow>({
  name: 'broadcasts',
  id: 'broadcasts.id',
  query: () =>
    db
      .from('broadcasts')
      .leftJoin('admins', 'admins.id', 'broadcasts.created_by')
      .whereNull('broadcasts.test_of')
      .select('broadcasts.*', 'admins.full_name as author', ...COUNTERS.map(counter)),
  map: (row) => ({
    ...row,
    audience: parseJson<Audience>(row.audience),
    ...Object.fromEntries(COUNTERS.map((name) => [name, Number(row[name] ?? 0)])),
  }),
  search: [titleHolds],
  filters: {
    status: choice(BROADCAST_STATUSES, (query, status) => query.where('broadcasts.status', status)),
    category: choice(NEWS_CATEGORIES, (query, category) => query.where('broadcasts.category', category)),
    created: since('broadcasts.created_at'),
  },
  sorts: { created: 'broadcasts.created_at', title: 'broadcasts.title', scheduled: 'broadcasts.scheduled_at' },
  defaultSort: '-created',
  csv: {
    reference: (row) => row.reference,
    title: (row) => row.title,
    status: (row) => row.status,
    category: (row) => row.category,
    audience: (row) => row.audience.kind,
    scheduled_at: (row) => iso(row.scheduled_at),
    started_at: (row) => iso(row.started_at),
    completed_at: (row) => iso(row.completed_at),
    recipients: (row) => row.written,
    sent: (row) => row.sent,
    blocked: (row) => row.blocked,
    failed: (row) => row.failed,
    unknown: (row) => row.unknown,
    cancelled: (row) => row.cancelled,
    created_by: (row) => row.author,
    created_at: (row) => iso(row.created_at),
  },
})
