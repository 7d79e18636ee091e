import { rankOf } from '#markets/bettors/ranks'
import { differences, type Offence, type Tally } from '#markets/verify/offence'
import { countWhere, sumOf, sumWhere, windows } from '#markets/verify/windows'

const BETTORS = 500

const IS_OVER = "b.status IN ('won', 'lost')"

const SQL = `SELECT w.customer_id, w.bets, w.open_bets, w.staked, w.volume, w.returned, w.wins, w.losses, w.refunds,
    w.exposure, w.rank, COUNT(b.id) AS real_bets,
    ${countWhere("b.status = 'open'")} AS real_open_bets,
    ${sumOf('b.stake')} AS real_staked,
    ${sumWhere(IS_OVER, 'b.stake')} AS real_volume,
    ${sumWhere(IS_OVER, 'b.payout')} AS real_returned,
    ${countWhere("b.status = 'won'")} AS real_wins,
    ${countWhere("b.status = 'lost'")} AS real_losses,
    ${countWhere("b.status = 'refunded'")} AS real_refunds,
    ${sumWhere("b.status = 'open' AND b.odds IS NOT NULL", 'b.potential - b.stake')} AS real_exposure
  FROM bettors w LEFT JOIN bets b ON b.customer_id = w.customer_id
  WHERE w.customer_id > ? AND w.customer_id <= ? GROUP BY w.customer_id ORDER BY w.customer_id`

const COUNTED = [
  ...(['bets', 'open_bets', 'staked', 'volume', 'returned', 'wins', 'losses', 'refunds', 'exposure'] as const),
]
type Counted = (typeof COUNTED)[number]

type Row = Record<Counted | `real_${Counted}`, number> & { customer_id: number; rank: string }

/** Records are what the bets say. Streaks are not proven: the order of settlements is not written down. */
export async function* verifyBettors(tally: Tally, signal?: AbortSignal): AsyncGenerator<Offence> {
  const options = { table: 'bettors', key: 'customer_id', size: BETTORS, signal }
  for await (const rows of windows<Row>(SQL, options)) {
    tally.bettors += rows.length
    for (const row of rows) {
      const subject = `bettor ${row.customer_id}`
      const figures = COUNTED.map((name): [string, number, number] => [name, row[name], row[`real_${name}`]])
      yield* differences(subject, 'their bets', figures)
      yield* differences(subject, 'their wins', [['rank', row.rank, rankOf(row.real_wins)]])
    }
  }
}
