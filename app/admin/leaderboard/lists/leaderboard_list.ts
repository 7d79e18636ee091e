import db from '@adonisjs/lucid/services/db'
import { Money } from '#core/money/money'
import { shownScores } from '#markets/leaderboard/standings'
import type { Metric } from '#markets/values'
import { nameOf } from '#admin/customers/customers_list'
import { decimalOf } from '#admin/shared/csv_values'
import { byCustomer } from '#admin/shared/customer_search'
import { defineList } from '#admin/shared/list'
import type { ListSearch } from '#admin/shared/list_filters'

export interface LeaderboardListRow {
  place: number
  customer_id: number
  telegram_id: number
  customer: string
  profit: Money
  wins: number
  volume: Money
}

const byScore = byCustomer('leaderboard_scores')

/** Everybody with something to show in a period; places are those that customers see, whatever is searched. */
export function leaderboardList(period: string, metric: Metric) {
  const places = () => db.from(ranked(period, metric).as('places'))
  const search: ListSearch = (text) => {
    const scores = byScore(text)
    return scores && places().whereIn('places.id', scores).select('places.place')
  }
  return defineList<LeaderboardListRow>({
    name: `leaderboard-${period.toLowerCase()}-${metric}`,
    id: 'places.place',
    query: () => places().select('places.*'),
    map: (row) => ({
      ...{ place: Number(row.place), customer_id: row.customer_id, telegram_id: row.telegram_id, wins: row.wins },
      customer: nameOf({ ...row, id: row.customer_id }),
      profit: Money.of(BigInt(row.profit), 'PRED'),
      volume: Money.of(BigInt(row.volume), 'PRED'),
    }),
    search: [search],
    sorts: { place: 'places.place' },
    defaultSort: 'place',
    csv: {
      place: (row) => row.place,
      customer_id: (row) => row.customer_id,
      telegram_id: (row) => row.telegram_id,
      customer: (row) => row.customer,
      profit: (row) => decimalOf(row.profit),
      wins: (row) => row.wins,
      volume: (row) => decimalOf(row.volume),
    },
  })
}

const ranked = (period: string, metric: Metric) =>
  shownScores(db, period)
    .where(`leaderboard_scores.${metric}`, '>', 0)
    .select('leaderboard_scores.*', 'customers.telegram_id')
    .select('customers.first_name', 'customers.last_name', 'customers.username')
    .select(
      db.raw(`ROW_NUMBER() OVER (ORDER BY leaderboard_scores.${metric} DESC, leaderboard_scores.customer_id) AS place`)
    )
