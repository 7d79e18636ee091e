import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { ENTRY_SOURCES, ENTRY_STATUSES, type EntrySource, type EntryStatus } from '#raffles/values'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { asReference, choice, days, equalsText, identifier, since } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface EntryRow {
  id: number
  reference: string
  customer_id: number
  customer: string
  /** Of the round that it ended up in. */
  raffle: string | null
  round: number | null
  operation: string | null
  source: EntrySource
  status: EntryStatus
  reason: string | null
  tx_hash: string | null
  created_at: number
  confirmed_at: number | null
  money: Money
}

/** Wishes of our customers to be in, and what came of them. */
export const entriesList = (timeZone: string) =>
  defineList<EntryRow>({
    name: 'raffle-entries',
    id: 'raffle_entries.id',
    query: () =>
      db
        .from('raffle_entries')
        .join('customers', 'customers.id', 'raffle_entries.customer_id')
        .leftJoin('raffles', 'raffles.id', 'raffle_entries.raffle_id')
        .leftJoin('chain_operations', 'chain_operations.id', 'raffle_entries.operation_id')
        .select('raffle_entries.*', 'raffles.reference as raffle', 'raffles.round')
        .select('chain_operations.reference as operation')
        .select('customers.first_name', 'customers.last_name', 'customers.username'),
    map: (row) => ({
      ...row,
      customer: nameOf({ ...row, id: row.customer_id }),
      money: rowMoney(row.fee, 'USDT')!,
    }),
    search: [
      equalsText('raffle_entries', 'reference', { normalise: asReference }),
      byCustomer('raffle_entries'),
      (text) =>
        db
          .from('raffle_entries')
          .select('id')
          .whereIn('operation_id', db.from('chain_operations').where('reference', asReference(text)).select('id')),
    ],
    filters: {
      status: choice(ENTRY_STATUSES, (query, status) => query.where('raffle_entries.status', status)),
      source: choice(ENTRY_SOURCES, (query, source) => query.where('raffle_entries.source', source)),
      customer: identifier((query, id) => query.where('raffle_entries.customer_id', id)),
      confirmed: since('raffle_entries.confirmed_at'),
      ...days(timeZone, 'raffle_entries.created_at'),
    },
    sorts: { created: 'raffle_entries.id' },
    defaultSort: '-created',
    csv: {
      reference: (row) => row.reference,
      customer_id: (row) => row.customer_id,
      round: (row) => row.round,
      fee: (row) => decimalOf(row.money),
      source: (row) => row.source,
      status: (row) => row.status,
      reason: (row) => row.reason,
      operation: (row) => row.operation,
      transaction: (row) => row.tx_hash,
      created: (row) => isoOf(row.created_at),
      confirmed: (row) => isoOf(row.confirmed_at),
    },
  })
