import db from '@adonisjs/lucid/services/db'
import type { Money } from '#core/money/money'
import { PLAYER_STATUSES, type PlayerStatus } from '#raffles/values'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf, isoOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { choice, equalsText, yesNo } from '#admin/shared/list_filters'
import { rowMoney } from '#admin/shared/row_money'

export interface PlayerRow {
  id: number
  player_key: string
  customer_id: number | null
  /** Null for a player who is nobody of ours. */
  customer: string | null
  entry: string | null
  tx_hash: string
  block_number: number
  status: PlayerStatus
  created_at: number
  money: Money
}

/** Who is in a round, as the contract says. */
export const playersList = (raffleId: number) =>
  defineList<PlayerRow>({
    name: 'participants',
    id: 'raffle_players.id',
    query: () =>
      db
        .from('raffle_players')
        .leftJoin('customers', 'customers.id', 'raffle_players.customer_id')
        .leftJoin('raffle_entries', 'raffle_entries.id', 'raffle_players.entry_id')
        .where('raffle_players.raffle_id', raffleId)
        .select('raffle_players.*', 'raffle_entries.reference as entry')
        .select('customers.first_name', 'customers.last_name', 'customers.username'),
    map: (row) => ({
      ...row,
      customer: row.customer_id === null ? null : nameOf({ ...row, id: row.customer_id }),
      money: rowMoney(row.fee, 'USDT')!,
    }),
    search: [
      (text) =>
        db.from('raffle_players').select('id').where({ raffle_id: raffleId, player_key: text.trim().toLowerCase() }),
      equalsText('raffle_players', 'tx_hash'),
      byCustomer('raffle_players'),
    ],
    filters: {
      status: choice(PLAYER_STATUSES, (query, status) => query.where('raffle_players.status', status)),
      ours: yesNo(
        (query) => query.whereNotNull('raffle_players.customer_id'),
        (query) => query.whereNull('raffle_players.customer_id')
      ),
    },
    sorts: { seen: 'raffle_players.id' },
    defaultSort: 'seen',
    csv: {
      player: (row) => row.player_key,
      customer_id: (row) => row.customer_id,
      entry: (row) => row.entry,
      fee: (row) => decimalOf(row.money),
      status: (row) => row.status,
      block: (row) => row.block_number,
      transaction: (row) => row.tx_hash,
      seen: (row) => isoOf(row.created_at),
    },
  })
