import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { EVENT_NAMES, EVENT_STATUSES, type EventName, type EventStatus } from '#chain/values'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { choice, days, equalsText, ofAddress } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface EventRow {
  id: number
  name: EventName
  status: EventStatus
  from_key: string | null
  to_key: string | null
  tx_hash: string
  block_number: number
  block_hash: string
  log_index: number
  problem: string | null
  created_at: number
  confirmed_at: number | null
  money: Money | null
}

/** `problem`: what it means could not be applied. */
export const EVENT_STATUS_FILTERS = [...EVENT_STATUSES, 'problem'] as const

/** What the contracts said in blocks: deposits and other transfers, entries, draws. */
export const eventsList = (timeZone: string) =>
  defineList<EventRow>({
    name: 'chain-events',
    id: 'chain_events.id',
    query: () => db.from('chain_events').select('chain_events.*'),
    map: (row) => ({ ...row, money: rowMoney(row.amount, 'USDT') }),
    search: [
      equalsText('chain_events', 'tx_hash'),
      equalsText('chain_events', 'from_key'),
      equalsText('chain_events', 'to_key'),
    ],
    filters: {
      name: choice(EVENT_NAMES, (query, name) => query.where('chain_events.name', name)),
      status: choice(EVENT_STATUS_FILTERS, (query, status) =>
        status === 'problem' ? query.whereNotNull('chain_events.problem') : query.where('chain_events.status', status)
      ),
      wallet: ofAddress((query, key) => {
        query.where((either) => void either.where('chain_events.to_key', key).orWhere('chain_events.from_key', key))
      }),
      ...days(timeZone, 'chain_events.created_at'),
    },
    sorts: { seen: 'chain_events.id' },
    defaultSort: '-seen',
    csv: {
      seen: (row) => isoOf(row.created_at),
      name: (row) => row.name,
      from: (row) => row.from_key,
      to: (row) => row.to_key,
      amount: (row) => decimalOf(row.money),
      status: (row) => row.status,
      block: (row) => row.block_number,
      transaction: (row) => row.tx_hash,
      log_index: (row) => row.log_index,
      confirmed: (row) => isoOf(row.confirmed_at),
      problem: (row) => row.problem,
    },
  })
