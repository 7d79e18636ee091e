import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { RAFFLE_STATUSES, type RaffleStatus } from '#raffles/values'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { defineList } from '#admin/shared/list'
import { asReference, choice, days, equalsNumber, equalsText, identifier, since } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface RaffleRow {
  id: number
  reference: string
  round: number
  status: RaffleStatus
  participants: number
  opened_at: number
  opened_block: number
  requested_at: number | null
  closed_block: number | null
  closed_tx: string | null
  finished_at: number | null
  winner_key: string | null
  winner_customer_id: number | null
  /** Name of the customer who won; null where the winner is nobody of ours. */
  winner: string | null
  fee: Money
  pool: Money
  prize: Money | null
}

/** Rounds of the contract, the current one first. */
export const rafflesList = (timeZone: string) =>
  defineList<RaffleRow>({
    name: 'raffles',
    id: 'raffles.id',
    query: () =>
      db
        .from('raffles')
        .leftJoin('customers', 'customers.id', 'raffles.winner_customer_id')
        .select('raffles.*', 'customers.first_name', 'customers.last_name', 'customers.username'),
    map: (row) => ({
      ...row,
      winner: row.winner_customer_id === null ? null : nameOf({ ...row, id: row.winner_customer_id }),
      fee: rowMoney(row.entrance_fee, 'USDT')!,
      pool: rowMoney(row.pool, 'USDT')!,
      prize: rowMoney(row.prize, 'USDT'),
    }),
    search: [
      equalsNumber('raffles', 'round'),
      equalsText('raffles', 'reference', { normalise: asReference }),
      equalsText('raffles', 'winner_key'),
    ],
    filters: {
      status: choice(RAFFLE_STATUSES, (query, status) => query.where('raffles.status', status)),
      winner: identifier((query, id) => query.where('raffles.winner_customer_id', id)),
      finished: since('raffles.finished_at'),
      ...days(timeZone, 'raffles.opened_at'),
    },
    sorts: { opened: 'raffles.id' },
    defaultSort: '-opened',
    csv: {
      reference: (row) => row.reference,
      round: (row) => row.round,
      status: (row) => row.status,
      participants: (row) => row.participants,
      fee: (row) => decimalOf(row.fee),
      pool: (row) => decimalOf(row.pool),
      prize: (row) => decimalOf(row.prize),
      winner: (row) => row.winner_key,
      winner_customer_id: (row) => row.winner_customer_id,
      opened: (row) => isoOf(row.opened_at),
      opened_block: (row) => row.opened_block,
      finished: (row) => isoOf(row.finished_at),
      closed_block: (row) => row.closed_block,
      closed_tx: (row) => row.closed_tx,
    },
  })
