import db from '@adonisjs/lucid/services/db'
import { LANGUAGES, type Language } from '#customers/languages'
import { normaliseForSearch } from '#customers/telegram_profile'
import { defineList } from '#admin/shared/list'
import { choice, equalsNumber, identifier, since, startsWith, yesNo } from '#admin/shared/list_filters'

export interface CustomerRow {
  id: number
  telegram_id: number
  username: string | null
  first_name: string
  last_name: string | null
  language: Language
  banned_at: number | null
  unreachable_at: number | null
  anonymised_at: number | null
  last_active_at: number
  created_at: number
  name: string
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** Name for people to read; never empty. */
export function nameOf(row: Pick<CustomerRow, 'id' | 'username' | 'first_name' | 'last_name'>) {
  const name = [row.first_name, row.last_name].filter(Boolean).join(' ')
  return name || (row.username ? `@${row.username}` : `#${row.id}`)
}

export const customersList = defineList<CustomerRow>({
  name: 'customers',
  id: 'customers.id',
  query: () => db.from('customers').select('customers.*'),
  map: (row) => ({ ...row, name: nameOf(row) }),
  search: [
    startsWith('customers', 'search_username', { normalise: (text) => normaliseForSearch(text).replace(/^@/, '') }),
    startsWith('customers', 'search_name', { normalise: normaliseForSearch }),
    equalsNumber('customers', 'telegram_id'),
  ],
  filters: {
    language: choice(LANGUAGES, (query, language) => query.where('customers.language', language)),
    banned: yesNo(
      (query) => query.whereNotNull('customers.banned_at'),
      (query) => query.whereNull('customers.banned_at')
    ),
    reachable: yesNo(
      (query) => query.whereNull('customers.unreachable_at'),
      (query) => query.whereNotNull('customers.unreachable_at')
    ),
    joined: since('customers.created_at'),
    active: since('customers.last_active_at'),
    referrer: identifier((query, id) => query.where('customers.referrer_id', id)),
  },
  sorts: { name: 'customers.search_name', joined: 'customers.created_at', active: 'customers.last_active_at' },
  defaultSort: '-active',
  csv: {
    id: (row) => row.id,
    telegram_id: (row) => row.telegram_id,
    username: (row) => row.username,
    first_name: (row) => row.first_name,
    last_name: (row) => row.last_name,
    language: (row) => row.language,
    banned: (row) => row.banned_at !== null,
    reachable: (row) => row.unreachable_at === null,
    joined: (row) => iso(row.created_at),
    last_active: (row) => iso(row.last_active_at),
  },
})
