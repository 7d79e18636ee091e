import db from '@adonisjs/lucid/services/db'
import { CURRENCIES, type Currency } from '#core/money/currency'
import type { Money } from '#core/money/money'
import { ACCOUNT_KINDS, type AccountKind } from '#ledger/accounts'
import { accountOfRow } from '#admin/ledger/page/account_names'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { choice, identifier, type ListSearch } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export const CURRENCY_NAMES = Object.keys(CURRENCIES) as Currency[]

export interface AccountRow {
  id: number
  code: string
  kind: AccountKind
  currency: Currency
  customer_id: number | null
  telegram_id: number | null
  name: string | null
  created_at: number
  updated_at: number
  title: string
  money: Money
}

/** The house has few accounts: those of each currency lie together in an index. */
const bySystemName: ListSearch = (text) => {
  const name = text.trim().toLowerCase().replaceAll(' ', '_')
  if (!/^[a-z][a-z0-9_:]*$/.test(name)) return undefined
  return db
    .from('ledger_accounts')
    .select('id')
    .whereIn('currency', CURRENCY_NAMES)
    .where('kind', 'system')
    .where('name', 'like', `${name.replaceAll('_', '\\_')}%`)
}

export const accountsList = defineList<AccountRow>({
  name: 'ledger-accounts',
  id: 'ledger_accounts.id',
  query: () =>
    db
      .from('ledger_accounts')
      .leftJoin('customers', 'customers.id', 'ledger_accounts.customer_id')
      .select('ledger_accounts.*', 'customers.telegram_id')
      .select('customers.first_name', 'customers.last_name', 'customers.username'),
  map: (row) => ({ ...row, title: accountOfRow(row), money: rowMoney(row.balance, row.currency)! }),
  search: [byCustomer('ledger_accounts'), bySystemName],
  filters: {
    kind: choice(ACCOUNT_KINDS, (query, kind) =>
      query.where('ledger_accounts.kind', kind).whereIn('ledger_accounts.currency', CURRENCY_NAMES)
    ),
    currency: choice(CURRENCY_NAMES, (query, currency) => query.where('ledger_accounts.currency', currency)),
    customer: identifier((query, id) => query.where('ledger_accounts.customer_id', id)),
  },
  sorts: { opened: 'ledger_accounts.id' },
  defaultSort: 'opened',
  csv: {
    id: (row) => row.id,
    account: (row) => row.code,
    kind: (row) => row.kind,
    customer_id: (row) => row.customer_id,
    telegram_id: (row) => row.telegram_id,
    balance: (row) => decimalOf(row.money),
    currency: (row) => row.currency,
    opened: (row) => isoOf(row.created_at),
    moved: (row) => isoOf(row.updated_at),
  },
})
