import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { TX_KINDS, TX_STATUSES, type TxKind, type TxStatus } from '#chain/values'
import { isoOf, decimalOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { asReference, choice, days, equalsText, ofAddress } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface TransactionRow {
  id: number
  hash: string
  kind: TxKind
  status: TxStatus
  step: string
  from_key: string
  to_key: string
  nonce: number
  block_number: number | null
  gas_limit: number
  gas_used: number | null
  /** Wei per unit of gas. */
  gas_price: string | null
  error: string | null
  operation: string | null
  created_at: number
  mined_at: number | null
  settled_at: number | null
  /** USDT that it moves or allows. */
  money: Money | null
  /** Wei: what the gas cost; null until it is mined. */
  fee: bigint | null
}

/** `open`: not settled yet. */
export const TX_STATUS_FILTERS = ['open', ...TX_STATUSES] as const

const lowerCase = (text: string) => text.trim().toLowerCase()

/** What we sent: a nonce of an account each. Days are those of the reader's time zone. */
export const transactionsList = (timeZone: string) =>
  defineList<TransactionRow>({
    name: 'chain-transactions',
    id: 'chain_txs.id',
    query: () =>
      db
        .from('chain_txs')
        .leftJoin('chain_operations', 'chain_operations.id', 'chain_txs.operation_id')
        .select('chain_txs.id', 'chain_txs.hash', 'chain_txs.kind', 'chain_txs.status', 'chain_txs.step')
        .select('chain_txs.from_key', 'chain_txs.to_key', 'chain_txs.nonce', 'chain_txs.block_number')
        .select('chain_txs.gas_limit', 'chain_txs.gas_used', 'chain_txs.gas_price', 'chain_txs.amount')
        .select('chain_txs.error', 'chain_txs.created_at', 'chain_txs.mined_at', 'chain_txs.settled_at')
        .select('chain_operations.reference as operation'),
    map: (row) => ({
      ...row,
      money: rowMoney(row.amount, 'USDT'),
      fee: row.gas_used === null || row.gas_price === null ? null : BigInt(row.gas_used) * BigInt(row.gas_price),
    }),
    search: [
      (text) => db.from('chain_tx_attempts').select('tx_id as id').where('hash', lowerCase(text)),
      equalsText('chain_txs', 'from_key', { normalise: lowerCase }),
      equalsText('chain_txs', 'to_key', { normalise: lowerCase }),
      (text) =>
        db
          .from('chain_txs')
          .select('id')
          .whereIn('operation_id', db.from('chain_operations').where('reference', asReference(text)).select('id')),
    ],
    filters: {
      kind: choice(TX_KINDS, (query, kind) => query.where('chain_txs.kind', kind)),
      status: choice(TX_STATUS_FILTERS, (query, status) =>
        status === 'open' ? query.whereNull('chain_txs.settled_at') : query.where('chain_txs.status', status)
      ),
      wallet: ofAddress((query, key) => query.where('chain_txs.from_key', key)),
      ...days(timeZone, 'chain_txs.created_at'),
    },
    sorts: { created: 'chain_txs.id' },
    defaultSort: '-created',
    csv: {
      hash: (row) => row.hash,
      kind: (row) => row.kind,
      operation: (row) => row.operation,
      from: (row) => row.from_key,
      to: (row) => row.to_key,
      nonce: (row) => row.nonce,
      amount: (row) => decimalOf(row.money),
      status: (row) => row.status,
      block: (row) => row.block_number,
      gas_used: (row) => row.gas_used,
      fee_wei: (row) => row.fee?.toString(),
      created: (row) => isoOf(row.created_at),
      mined: (row) => isoOf(row.mined_at),
      settled: (row) => isoOf(row.settled_at),
      error: (row) => row.error,
    },
  })
