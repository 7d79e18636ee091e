import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { OPERATION_KINDS, OPERATION_STATUSES, type OperationKind, type OperationStatus } from '#chain/values'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { asReference, choice, days, equalsText, identifier, ofAddress } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface OperationRow {
  id: number
  reference: string
  kind: OperationKind
  status: OperationStatus
  reason: string | null
  detail: string | null
  wallet: string
  customer_id: number | null
  /** Null for what the treasury does. */
  customer: string | null
  transactions: number
  created_at: number
  finished_at: number | null
  money: Money | null
}

/** `open`: not finished, whatever it waits for. */
export const OPERATION_STATUS_FILTERS = ['open', ...OPERATION_STATUSES] as const

/** What was wanted of the chain: entries, withdrawals, draws. */
export const operationsList = (timeZone: string) =>
  defineList<OperationRow>({
    name: 'chain-operations',
    id: 'chain_operations.id',
    query: () =>
      db
        .from('chain_operations')
        .join('chain_wallets', 'chain_wallets.id', 'chain_operations.wallet_id')
        .leftJoin('customers', 'customers.id', 'chain_operations.customer_id')
        .select('chain_operations.*', 'chain_wallets.address as wallet')
        .select('customers.first_name', 'customers.last_name', 'customers.username')
        .select(
          db
            .from('chain_txs')
            .whereColumn('chain_txs.operation_id', 'chain_operations.id')
            .count('*')
            .as('transactions')
        ),
    map: (row) => ({
      ...row,
      transactions: Number(row.transactions),
      customer: row.customer_id === null ? null : nameOf({ ...row, id: row.customer_id }),
      money: rowMoney(row.amount, 'USDT'),
    }),
    search: [
      equalsText('chain_operations', 'reference', { normalise: asReference }),
      (text) =>
        db
          .from('chain_txs')
          .join('chain_tx_attempts', 'chain_tx_attempts.tx_id', 'chain_txs.id')
          .select('chain_txs.operation_id as id')
          .where('chain_tx_attempts.hash', text.trim().toLowerCase()),
      byCustomer('chain_operations'),
    ],
    filters: {
      kind: choice(OPERATION_KINDS, (query, kind) => query.where('chain_operations.kind', kind)),
      status: choice(OPERATION_STATUS_FILTERS, (query, status) =>
        status === 'open'
          ? query.whereNull('chain_operations.finished_at')
          : query.where('chain_operations.status', status)
      ),
      customer: identifier((query, id) => query.where('chain_operations.customer_id', id)),
      wallet: ofAddress((query, key) => query.where('chain_wallets.address_key', key)),
      ...days(timeZone, 'chain_operations.created_at'),
    },
    sorts: { created: 'chain_operations.id' },
    defaultSort: '-created',
    csv: {
      reference: (row) => row.reference,
      kind: (row) => row.kind,
      status: (row) => row.status,
      reason: (row) => row.reason,
      detail: (row) => row.detail,
      wallet: (row) => row.wallet,
      customer_id: (row) => row.customer_id,
      amount: (row) => decimalOf(row.money),
      transactions: (row) => row.transactions,
      created: (row) => isoOf(row.created_at),
      finished: (row) => isoOf(row.finished_at),
    },
  })
