import db from '@adonisjs/lucid/services/db'
import { ROLES, type Role } from '#staff/roles'
import { defineList } from '#admin/shared/list'
import { choice, startsWith, yesNo } from '#admin/shared/list_filters'

export interface ListedAdmin {
  id: number
  email: string
  full_name: string
  role: Role
  two_factor_enabled_at: number | null
  telegram_id: number | null
  last_login_at: number | null
  disabled_at: number | null
  created_at: number
}

/** A password hash or a sealed secret is never selected. */
const COLUMNS = [
  'id',
  'email',
  'full_name',
  'role',
  'two_factor_enabled_at',
  'telegram_id',
  'last_login_at',
  'disabled_at',
  'created_at',
].map((column) => `admins.${column}`)

const iso = (at: number | null) => at && new Date(at).toISOString()

export const adminsList = defineList<ListedAdmin>({
  name: 'admins',
  id: 'admins.id',
  query: () => db.from('admins').select(COLUMNS),
  /** A list of admins is short: any part of the name finds them. */
  search: [
    startsWith('admins', 'email'),
    (text) => {
      const part = `%${text.replace(/[%_]/g, ' ')}%`
      return db.from('admins').select('id').whereRaw('lower(full_name) like lower(?)', [part])
    },
  ],
  filters: {
    role: choice(ROLES, (query, role) => query.where('admins.role', role)),
    two_factor: yesNo(
      (query) => query.whereNotNull('admins.two_factor_enabled_at'),
      (query) => query.whereNull('admins.two_factor_enabled_at')
    ),
    disabled: yesNo(
      (query) => query.whereNotNull('admins.disabled_at'),
      (query) => query.whereNull('admins.disabled_at')
    ),
  },
  sorts: { name: 'admins.full_name', email: 'admins.email', created: 'admins.created_at' },
  defaultSort: 'name',
  csv: {
    id: (row) => row.id,
    email: (row) => row.email,
    name: (row) => row.full_name,
    role: (row) => row.role,
    two_factor: (row) => row.two_factor_enabled_at !== null,
    telegram_id: (row) => row.telegram_id,
    last_login: (row) => iso(row.last_login_at),
    disabled: (row) => iso(row.disabled_at),
    created: (row) => iso(row.created_at),
  },
})
