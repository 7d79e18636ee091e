import db from '@adonisjs/lucid/services/db'
import { parseJson } from '#core/database/columns'
import type { Money } from '#core/money/money'
import { BREAK_KINDS, PROVIDER_NAMES } from '#payments/values'
import type { BreakKind, BreakStatus, ProviderName, Resolution } from '#payments/values'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { choice, days } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface BreakRow {
  id: number
  kind: BreakKind
  status: BreakStatus
  provider: ProviderName
  invoice: string | null
  customer_id: number | null
  customer: string | null
  money: Money | null
  suggestion: Resolution
  resolution: Resolution | null
  reason: string | null
  resolver: string | null
  detail: Record<string, string | number>
  created_at: number
  resolved_at: number | null
}

/** What the URL asks for beside what is open, which is what the inbox shows without being asked. */
export const CLOSED_FILTERS = ['settled', 'dismissed', 'all'] as const

/** What does not fit between provider, customer and ledger: the oldest first, as it has waited longest. */
export const breaksList = (timeZone: string, { openOnly }: { openOnly: boolean }) =>
  defineList<BreakRow>({
    name: 'reconciliation',
    id: 'payment_breaks.id',
    query: () =>
      db
        .from('payment_breaks')
        .if(openOnly, (query) => query.where('payment_breaks.status', 'open'))
        .leftJoin('invoices', 'invoices.id', 'payment_breaks.invoice_id')
        .leftJoin('customers', 'customers.id', 'payment_breaks.customer_id')
        .leftJoin('admins', 'admins.id', 'payment_breaks.resolved_by')
        .select('payment_breaks.*', 'invoices.reference as invoice', 'admins.full_name as resolver')
        .select('customers.first_name', 'customers.last_name', 'customers.username'),
    map: (row) => ({
      ...row,
      customer: row.customer_id === null ? null : nameOf({ ...row, id: row.customer_id }),
      money: rowMoney(row.amount, row.currency),
      detail: parseJson(row.detail) ?? {},
    }),
    search: [
      (text) =>
        db
          .from('payment_breaks')
          .join('invoices', 'invoices.id', 'payment_breaks.invoice_id')
          .select('payment_breaks.id')
          .where('invoices.reference', text.trim().replace(/^#/, '').toUpperCase()),
      byCustomer('payment_breaks'),
    ],
    filters: {
      status: choice(CLOSED_FILTERS, (query, status) => {
        if (status !== 'all') query.where('payment_breaks.status', status)
      }),
      kind: choice(BREAK_KINDS, (query, kind) => query.where('payment_breaks.kind', kind)),
      provider: choice(PROVIDER_NAMES, (query, provider) => query.where('payment_breaks.provider', provider)),
      ...days(timeZone, 'payment_breaks.created_at'),
    },
    sorts: { age: 'payment_breaks.created_at' },
    defaultSort: 'age',
    csv: {
      id: (row) => row.id,
      created: (row) => isoOf(row.created_at),
      kind: (row) => row.kind,
      status: (row) => row.status,
      provider: (row) => row.provider,
      invoice: (row) => row.invoice,
      customer_id: (row) => row.customer_id,
      amount: (row) => decimalOf(row.money),
      currency: (row) => row.money?.currency,
      suggestion: (row) => row.suggestion,
      resolution: (row) => row.resolution,
      reason: (row) => row.reason,
      resolved_by: (row) => row.resolver,
      resolved: (row) => isoOf(row.resolved_at),
    },
  })
