import db from '@adonisjs/lucid/services/db'
import type { Currency } from '#core/money/currency'
import type { Money } from '#core/money/money'
import { ACCOUNT_KINDS, type AccountKind } from '#ledger/accounts'
import { TRANSFER_KINDS, type TransferKind } from '#ledger/transfer_kinds'
import { CURRENCY_NAMES } from '#admin/ledger/lists/accounts_list'
import { accountOfRow } from '#admin/ledger/page/account_names'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { defineList, type ListDefinition } from '#admin/shared/list'
import { choice, days } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface EntryRow {
  id: number
  transfer_id: number
  transfer_kind: TransferKind
  account_id: number
  code: string
  kind: AccountKind
  currency: Currency
  created_at: number
  account: string
  amount: Money
  balance: Money
}

/** Outer joins, though nothing is missing: the count of a page then reads the entries alone. */
const common: Pick<ListDefinition<EntryRow>, 'id' | 'query' | 'map' | 'csv'> = {
  id: 'ledger_entries.id',
  query: () =>
    db
      .from('ledger_entries')
      .leftJoin('ledger_transfers', 'ledger_transfers.id', 'ledger_entries.transfer_id')
      .leftJoin('ledger_accounts', 'ledger_accounts.id', 'ledger_entries.account_id')
      .leftJoin('customers', 'customers.id', 'ledger_accounts.customer_id')
      .select('ledger_entries.*', 'ledger_transfers.kind as transfer_kind')
      .select('ledger_accounts.code', 'ledger_accounts.kind', 'ledger_accounts.name', 'ledger_accounts.customer_id')
      .select('customers.first_name', 'customers.last_name', 'customers.username'),
  map: (row) => ({
    ...row,
    account: accountOfRow(row),
    amount: rowMoney(row.amount, row.currency)!,
    balance: rowMoney(row.balance, row.currency)!,
  }),
  csv: {
    id: (row) => row.id,
    time: (row) => isoOf(row.created_at),
    transfer: (row) => row.transfer_id,
    kind: (row) => row.transfer_kind,
    account: (row) => row.code,
    amount: (row) => decimalOf(row.amount),
    balance: (row) => decimalOf(row.balance),
    currency: (row) => row.currency,
  },
}

/** Entries of all accounts of a kind and a currency: what a total of the overview is made of. */
export const entriesList = defineList<EntryRow>({
  ...common,
  name: 'ledger-entries',
  filters: {
    currency: choice(CURRENCY_NAMES, (query, currency) => query.where('ledger_entries.currency', currency)),
    kind: choice(ACCOUNT_KINDS, (query, kind) =>
      query.where('ledger_entries.account_kind', kind).whereIn('ledger_entries.currency', CURRENCY_NAMES)
    ),
  },
  sorts: { time: 'ledger_entries.id' },
  defaultSort: '-time',
})

/** Entries of one account, by its index. */
export const accountEntriesList = ({ id, code }: { id: number; code: string }, timeZone: string) =>
  defineList<EntryRow>({
    ...common,
    name: `ledger-${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')}`,
    query: () => common.query().where('ledger_entries.account_id', id),
    filters: {
      kind: choice(TRANSFER_KINDS, (query, kind) => query.where('ledger_transfers.kind', kind)),
      ...days(timeZone, 'ledger_entries.created_at'),
    },
    sorts: { time: 'ledger_entries.created_at' },
    defaultSort: '-time',
    countsInOrder: true,
  })
