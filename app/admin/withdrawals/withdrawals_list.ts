import db from '@adonisjs/lucid/services/db'
import { WITHDRAWAL_STATUSES, type WithdrawalStatus } from '#chain/values'
import type { Money } from '#core/money/money'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { asReference, choice, days, equalsText, identifier } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface WithdrawalRow {
  id: number
  reference: string
  customer_id: number
  customer: string
  to_address: string
  status: WithdrawalStatus
  reason: string | null
  operation: string | null
  tx_hash: string | null
  created_at: number
  finished_at: number | null
  money: Money
}

/** `open`: not over, whatever it waits for. */
export const WITHDRAWAL_STATUS_FILTERS = ['open', ...WITHDRAWAL_STATUSES] as const

/** USDT that customers take out. */
export const withdrawalsList = (timeZone: string) =>
  defineList<WithdrawalRow>({
    name: 'withdrawals',
    id: 'chain_withdrawals.id',
    query: () =>
      db
        .from('chain_withdrawals')
        .join('customers', 'customers.id', 'chain_withdrawals.customer_id')
        .leftJoin('chain_operations', 'chain_operations.id', 'chain_withdrawals.operation_id')
        .select('chain_withdrawals.*', 'chain_operations.reference as operation')
        .select('customers.first_name', 'customers.last_name', 'customers.username'),
    map: (row) => ({
      ...row,
      customer: nameOf({ ...row, id: row.customer_id }),
      money: rowMoney(row.amount, 'USDT')!,
    }),
    search: [equalsText('chain_withdrawals', 'reference', { normalise: asReference }), byCustomer('chain_withdrawals')],
    filters: {
      status: choice(WITHDRAWAL_STATUS_FILTERS, (query, status) =>
        status === 'open'
          ? query.whereNull('chain_withdrawals.finished_at')
          : query.where('chain_withdrawals.status', status)
      ),
      customer: identifier((query, id) => query.where('chain_withdrawals.customer_id', id)),
      ...days(timeZone, 'chain_withdrawals.created_at'),
    },
    sorts: { created: 'chain_withdrawals.id' },
    defaultSort: '-created',
    csv: {
      reference: (row) => row.reference,
      customer_id: (row) => row.customer_id,
      to: (row) => row.to_address,
      amount: (row) => decimalOf(row.money),
      status: (row) => row.status,
      reason: (row) => row.reason,
      operation: (row) => row.operation,
      transaction: (row) => row.tx_hash,
      created: (row) => isoOf(row.created_at),
      finished: (row) => isoOf(row.finished_at),
    },
  })
