import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { days, startsWith, yesNo } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'
import type { OperationKind, OperationStatus } from '#chain/values'

export interface WalletRow {
  id: number
  address: string
  customer_id: number
  customer: string
  /** What the wallet is doing. */
  operation: string | null
  operation_kind: OperationKind | null
  operation_status: OperationStatus | null
  created_at: number
  /** What our books have of it: confirmed transfers only. */
  money: Money
}

/** Wallets of customers; the treasury has a page of its own. */
export const walletsList = (timeZone: string) =>
  defineList<WalletRow>({
    name: 'wallets',
    id: 'chain_wallets.id',
    query: () =>
      db
        .from('chain_wallets')
        .join('customers', 'customers.id', 'chain_wallets.customer_id')
        .leftJoin('ledger_accounts', (join) => {
          join
            .on('ledger_accounts.customer_id', 'chain_wallets.customer_id')
            .andOnVal('ledger_accounts.kind', 'custody')
            .andOnVal('ledger_accounts.currency', 'USDT')
        })
        .leftJoin('chain_operations', (join) => {
          join.on('chain_operations.wallet_id', 'chain_wallets.id').andOnNull('chain_operations.finished_at')
        })
        .select('chain_wallets.id', 'chain_wallets.address', 'chain_wallets.customer_id', 'chain_wallets.created_at')
        .select('customers.first_name', 'customers.last_name', 'customers.username', 'ledger_accounts.balance')
        .select('chain_operations.reference as operation', 'chain_operations.kind as operation_kind')
        .select('chain_operations.status as operation_status'),
    map: (row) => ({
      ...row,
      customer: nameOf({ ...row, id: row.customer_id }),
      money: rowMoney(row.balance ?? 0, 'USDT')!,
    }),
    search: [
      startsWith('chain_wallets', 'address_key', { normalise: (text) => text.trim().toLowerCase() }),
      byCustomer('chain_wallets'),
    ],
    filters: {
      funds: yesNo(
        (query) => query.where('ledger_accounts.balance', '>', 0),
        (query) =>
          query.where((none) => void none.whereNull('ledger_accounts.balance').orWhere('ledger_accounts.balance', 0))
      ),
      busy: yesNo(
        (query) => query.whereNotNull('chain_operations.id'),
        (query) => query.whereNull('chain_operations.id')
      ),
      ...days(timeZone, 'chain_wallets.created_at'),
    },
    sorts: { made: 'chain_wallets.id' },
    defaultSort: '-made',
    csv: {
      address: (row) => row.address,
      customer_id: (row) => row.customer_id,
      confirmed: (row) => decimalOf(row.money),
      operation: (row) => row.operation,
      made: (row) => isoOf(row.created_at),
    },
  })
