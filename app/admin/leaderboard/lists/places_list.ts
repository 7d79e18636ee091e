import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import type LeaderboardSnapshot from '#markets/models/leaderboard_snapshot'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import { yesNo } from '#admin/shared/list_filters'

export interface PlaceRow {
  id: number
  place: number
  customer_id: number
  telegram_id: number
  customer: string
  profit: Money
  wins: number
  volume: Money
  /** Null: this place earned nothing. */
  reward: Money | null
  transfer_id: number | null
}

const pred = (minor: number | string) => Money.of(BigInt(minor), 'PRED')

/** Who stood where when a week was over; kept in the order of places. */
export const placesList = (snapshot: LeaderboardSnapshot) =>
  defineList<PlaceRow>({
    name: `leaderboard-${snapshot.period.toLowerCase()}`,
    id: 'leaderboard_places.id',
    query: () =>
      db
        .from('leaderboard_places')
        .innerJoin('customers', 'customers.id', 'leaderboard_places.customer_id')
        .where('leaderboard_places.snapshot_id', snapshot.id)
        .select('leaderboard_places.*', 'customers.telegram_id')
        .select('customers.first_name', 'customers.last_name', 'customers.username'),
    map: (row) => ({
      ...row,
      customer: nameOf({ ...row, id: row.customer_id }),
      ...{ profit: pred(row.profit), volume: pred(row.volume) },
      reward: row.transfer_id === null ? null : pred(row.reward),
    }),
    search: [byCustomer('leaderboard_places')],
    filters: {
      rewarded: yesNo(
        (query) => query.whereNotNull('leaderboard_places.transfer_id'),
        (query) => query.whereNull('leaderboard_places.transfer_id')
      ),
    },
    sorts: { place: 'leaderboard_places.place' },
    defaultSort: 'place',
    csv: {
      place: (row) => row.place,
      customer_id: (row) => row.customer_id,
      telegram_id: (row) => row.telegram_id,
      customer: (row) => row.customer,
      profit: (row) => decimalOf(row.profit),
      wins: (row) => row.wins,
      volume: (row) => decimalOf(row.volume),
      reward: (row) => decimalOf(row.reward),
      transfer: (row) => row.transfer_id,
    },
  })
