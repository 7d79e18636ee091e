import db from '@adonisjs/lucid/services/db'
import { parseJson } from '#core/database/columns'
import { API_SCOPES, type ApiScope } from '#staff/api_keys/scopes'
import { isoOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { startsWith, yesNo } from '#admin/shared/list_filters'

export interface ListedKey {
  id: number
  name: string
  prefix: string
  scopes: ApiScope[]
  webhook_url: string | null
  created_by_name: string
  created_at: number
  last_used_at: number | null
  revoked_at: number | null
}

/** The hash and the sealed secret are never selected. */
const COLUMNS = [
  'id',
  'name',
  'prefix',
  'scopes',
  'webhook_url',
  'created_by_name',
  'created_at',
  'last_used_at',
  'revoked_at',
]

export const keysList = defineList<ListedKey>({
  name: 'api-keys',
  id: 'api_keys.id',
  query: () => db.from('api_keys').select(COLUMNS.map((column) => `api_keys.${column}`)),
  map: (row) => ({ ...row, scopes: parseJson<ApiScope[]>(row.scopes) }),
  search: [
    startsWith('api_keys', 'prefix', { normalise: (text) => text.trim() }),
    /** There are few keys: any part of the name finds them. */
    (text) => {
      const part = `%${text.replace(/[%_]/g, ' ')}%`
      return db.from('api_keys').select('id').whereRaw('lower(name) like lower(?)', [part])
    },
  ],
  filters: {
    revoked: yesNo(
      (query) => query.whereNotNull('api_keys.revoked_at'),
      (query) => query.whereNull('api_keys.revoked_at')
    ),
  },
  sorts: { created: 'api_keys.created_at' },
  defaultSort: '-created',
  csv: {
    id: (row) => row.id,
    name: (row) => row.name,
    prefix: (row) => row.prefix,
    scopes: (row) => API_SCOPES.filter((scope) => row.scopes.includes(scope)).join(' '),
    webhook: (row) => row.webhook_url !== null,
    created: (row) => isoOf(row.created_at),
    created_by: (row) => row.created_by_name,
    last_used: (row) => isoOf(row.last_used_at),
    revoked: (row) => isoOf(row.revoked_at),
  },
})
