import { worstCaseOf } from '#markets/pricing/books'
import { differences, type Offence, type Tally } from '#markets/verify/offence'
import { countWhere, sumWhere, windows } from '#markets/verify/windows'
import type { PricingMode } from '#markets/values'

const MARKETS = 10

const isOwed = (outcome: string) => `b.outcome = '${outcome}' AND m.pricing = 'fixed_odds'`

/** As `boughtPart`. */
const AS_BOUGHT = 'b.potential * b.bought / b.stake'

const SQL = `SELECT m.id, m.reference, m.pricing, m.fee_points, m.yes_pool, m.no_pool, m.yes_potential, m.no_potential,
    m.yes_bought, m.no_bought, m.yes_bought_potential, m.no_bought_potential, m.yes_bets, m.no_bets, m.bettors,
    m.exposure, m.settled_at,
    ${sumWhere("b.outcome = 'YES'", 'b.stake')} AS real_yes_pool,
    ${sumWhere("b.outcome = 'NO'", 'b.stake')} AS real_no_pool,
    ${sumWhere(isOwed('YES'), 'b.potential')} AS real_yes_potential,
    ${sumWhere(isOwed('NO'), 'b.potential')} AS real_no_potential,
    ${sumWhere("b.outcome = 'YES'", 'b.bought')} AS real_yes_bought,
    ${sumWhere("b.outcome = 'NO'", 'b.bought')} AS real_no_bought,
    ${sumWhere(isOwed('YES'), AS_BOUGHT)} AS real_yes_bought_potential,
    ${sumWhere(isOwed('NO'), AS_BOUGHT)} AS real_no_bought_potential,
    ${countWhere("b.outcome = 'YES'")} AS real_yes_bets,
    ${countWhere("b.outcome = 'NO'")} AS real_no_bets,
    ${countWhere("b.status = 'open'")} AS open_bets,
    COUNT(DISTINCT b.customer_id) AS real_bettors
  FROM markets m LEFT JOIN bets b ON b.market_id = m.id WHERE m.id > ? AND m.id <= ? GROUP BY m.id ORDER BY m.id`

const SUMMED = [
  ...(['yes_pool', 'no_pool', 'yes_potential', 'no_potential', 'yes_bets', 'no_bets', 'bettors'] as const),
  ...(['yes_bought', 'no_bought', 'yes_bought_potential', 'no_bought_potential'] as const),
]
type Summed = (typeof SUMMED)[number]

type Row = Record<Summed | `real_${Summed}`, number> & {
  reference: string
  pricing: PricingMode
  fee_points: number | null
  exposure: number
  open_bets: number
  settled_at: number | null
}

/** Pools and potentials are those of the bets; the exposure is what they may cost until all of them are settled. */
export async function* verifyMarketRows(tally: Tally, signal?: AbortSignal): AsyncGenerator<Offence> {
  for await (const rows of windows<Row>(SQL, { table: 'markets', size: MARKETS, signal })) {
    tally.markets += rows.length
    for (const row of rows) {
      const subject = `market ${row.reference}`
      const figures = SUMMED.map((name): [string, number, number] => [name, row[name], row[`real_${name}`]])
      yield* differences(subject, 'its bets', figures)
      yield* differences(subject, 'its pools', [['exposure', row.exposure, exposureOf(row)]])
      if (row.settled_at !== null && row.open_bets > 0) {
        yield { subject, fault: `is settled with ${row.open_bets} open bets` }
      }
    }
  }
}

function exposureOf({ pricing, fee_points: feePoints, settled_at: settledAt, ...row }: Row): bigint {
  if (settledAt !== null) return 0n
  return worstCaseOf({
    pricing,
    feePoints,
    yesPool: BigInt(row.yes_pool),
    noPool: BigInt(row.no_pool),
    yesPotential: BigInt(row.yes_potential),
    noPotential: BigInt(row.no_potential),
    yesBought: BigInt(row.yes_bought),
    noBought: BigInt(row.no_bought),
    yesBoughtPotential: BigInt(row.yes_bought_potential),
    noBoughtPotential: BigInt(row.no_bought_potential),
  })
}
