import { differences, type Offence, type Tally } from '#markets/verify/offence'
import { countWhere, sumOf, windows } from '#markets/verify/windows'

const POSITIONS = 2000

const SQL = `SELECT p.id, m.reference, p.customer_id, p.bets, p.stake, p.potential, COUNT(b.id) AS real_bets,
    ${sumOf('b.stake')} AS real_stake, ${sumOf('b.potential')} AS real_potential,
    ${countWhere('b.outcome <> p.outcome')} AS others
  FROM market_positions p JOIN markets m ON m.id = p.market_id
  LEFT JOIN bets b ON b.market_id = p.market_id AND b.customer_id = p.customer_id
  WHERE p.id > ? AND p.id <= ? GROUP BY p.id, m.reference ORDER BY p.id`

interface Row {
  reference: string
  customer_id: number
  bets: number
  stake: number
  potential: number
  real_bets: number
  real_stake: number
  real_potential: number
  others: number
}

/** A customer is on one side of a market, with what their bets come to. */
export async function* verifyPositions(tally: Tally, signal?: AbortSignal): AsyncGenerator<Offence> {
  for await (const rows of windows<Row>(SQL, { table: 'market_positions', size: POSITIONS, signal })) {
    tally.positions += rows.length
    for (const row of rows) {
      const subject = `position of customer ${row.customer_id} in market ${row.reference}`
      yield* differences(subject, 'its bets', [
        ['bets', row.bets, row.real_bets],
        ['stake', row.stake, row.real_stake],
        ['potential', row.potential, row.real_potential],
      ])
      if (row.others > 0) yield { subject, fault: `has ${row.others} bets on the other side` }
    }
  }
}
