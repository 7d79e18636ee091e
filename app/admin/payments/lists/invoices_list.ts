import db from '@adonisjs/lucid/services/db'
import { CURRENCIES, type Currency } from '#core/money/currency'
import type { Money } from '#core/money/money'
import { INVOICE_STATUSES, PROVIDER_NAMES, type InvoiceStatus, type ProviderName } from '#payments/values'
import { nameOf } from '#admin/customers/customers_list'
import { PURPOSES } from '#admin/payments/page/purposes'
import { isoOf, decimalOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { choice, days, identifier, since, startsWith } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface InvoiceRow {
  id: number
  reference: string
  status: InvoiceStatus
  provider: ProviderName
  purpose: string
  customer_id: number
  customer: string
  telegram_id: number
  provider_invoice_id: string | null
  paid_asset: string | null
  paid_asset_amount: string | null
  failure: string | null
  created_at: number
  paid_at: number | null
  expires_at: number
  /** What is owed, what the provider collects for it, and what came. */
  money: Money
  charge: Money
  received: Money | null
}

/** `open` and `problem` gather what an admin looks for. */
const STATUS_GROUPS = {
  open: ['created', 'pending'],
  honoured: ['paid', 'overpaid'],
  problem: ['underpaid', 'overpaid', 'failed'],
} as const satisfies Record<string, readonly InvoiceStatus[]>
type StatusGroup = keyof typeof STATUS_GROUPS

export const STATUS_FILTERS = [...(Object.keys(STATUS_GROUPS) as StatusGroup[]), ...INVOICE_STATUSES] as const
export const CURRENCY_NAMES = Object.keys(CURRENCIES) as Currency[]

/** `outside`: whatever is not paid from the balance. */
export const PROVIDER_FILTERS = ['outside', ...PROVIDER_NAMES] as const

const statusesOf = (name: string): readonly string[] => STATUS_GROUPS[name as StatusGroup] ?? [name]

/** Invoices of every purpose and provider; days are those of the reader's time zone. */
export const invoicesList = (timeZone: string) =>
  defineList<InvoiceRow>({
    name: 'payments',
    id: 'invoices.id',
    query: () =>
      db
        .from('invoices')
        .join('customers', 'customers.id', 'invoices.customer_id')
        .select('invoices.*', 'customers.telegram_id')
        .select('customers.first_name', 'customers.last_name', 'customers.username'),
    map: (row) => ({
      ...row,
      customer: nameOf({ ...row, id: row.customer_id }),
      money: rowMoney(row.amount, row.currency)!,
      charge: rowMoney(row.charge_amount, row.charge_currency)!,
      received: rowMoney(row.received_amount, row.charge_currency),
    }),
    search: [
      startsWith('invoices', 'reference', { normalise: (text) => text.trim().replace(/^#/, '').toUpperCase() }),
      startsWith('invoices', 'provider_invoice_id', { normalise: (text) => text.trim() }),
      byCustomer('invoices'),
    ],
    filters: {
      status: choice(STATUS_FILTERS, (query, name) => query.whereIn('invoices.status', [...statusesOf(name)])),
      provider: choice(PROVIDER_FILTERS, (query, name) =>
        name === 'outside' ? query.whereNot('invoices.provider', 'balance') : query.where('invoices.provider', name)
      ),
      purpose: choice(PURPOSES, (query, purpose) => query.where('invoices.purpose', purpose)),
      currency: choice(CURRENCY_NAMES, (query, currency) => query.where('invoices.currency', currency)),
      customer: identifier((query, id) => query.where('invoices.customer_id', id)),
      paid: since('invoices.paid_at'),
      ...days(timeZone, 'invoices.created_at'),
    },
    sorts: { created: 'invoices.created_at' },
    defaultSort: '-created',
    csv: {
      reference: (row) => row.reference,
      created: (row) => isoOf(row.created_at),
      status: (row) => row.status,
      purpose: (row) => row.purpose,
      provider: (row) => row.provider,
      provider_invoice_id: (row) => row.provider_invoice_id,
      customer_id: (row) => row.customer_id,
      telegram_id: (row) => row.telegram_id,
      amount: (row) => decimalOf(row.money),
      currency: (row) => row.money.currency,
      charged: (row) => decimalOf(row.charge),
      charged_currency: (row) => row.charge.currency,
      received: (row) => decimalOf(row.received),
      paid_asset_amount: (row) => row.paid_asset_amount,
      paid_asset: (row) => row.paid_asset,
      paid: (row) => isoOf(row.paid_at),
      expires: (row) => isoOf(row.expires_at),
      failure: (row) => row.failure,
    },
  })
