import { Contest } from '#tests/bench/bets/contest'
import type { Floor } from '#tests/bench/bets/ids'
import type { Bench } from '#tests/bench/support/bench'

const FLOOR: Floor = { markets: 50, customers: 100 }
const HOT: Floor = { ...FLOOR, markets: 1 }
const WORKERS = 10
const ROUNDS = 3
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8)
const CAP = 0.25

/** Concurrent bets on 50 markets, and on one, against the statements that one bet makes, driven by pgbench. */
export default async function bets(bench: Bench) {
  const { env } = await bench.database('postgres')
  const contest = new Contest(env, WORKERS, SECONDS)
  const statements = await contest.prepare(FLOOR)

  const figures: Record<'many' | 'manyPlain' | 'hot' | 'hotPlain', number[]> = {
    ...{ many: [], manyPlain: [], hot: [], hotPlain: [] },
  }
  for (let round = 1; round <= ROUNDS; round++) {
    figures.many.push(await contest.ours(FLOOR))
    figures.manyPlain.push(await contest.plain(FLOOR))
    figures.hot.push(await contest.ours(HOT))
    figures.hotPlain.push(await contest.plain(HOT))
  }
  const problems = await contest.problems()

  const { many, manyPlain, hot, hotPlain } = figures
  const ratio = round(median(many) / median(manyPlain))
  bench.log(
    `\nBets/s, ${WORKERS} at once, ${statements} statements each. Cap: ratio ${CAP} on ${FLOOR.markets} markets.`
  )
  bench.table([
    row(`${FLOOR.markets} markets`, many),
    row(`${FLOOR.markets} markets, pgbench`, manyPlain),
    row('one market', hot),
    row('one market, pgbench', hotPlain),
  ])
  bench.log(`Ratio on one market: ${round(median(hot) / median(hotPlain))}`)
  if (ratio < CAP) problems.push(`The ratio is ${ratio}, below ${CAP}`)
  bench.finish({ ratio, bets_per_s: Math.round(median(many)), hot_bets_per_s: Math.round(median(hot)) }, problems)
}

const median = (values: number[]) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]

const round = (value: number) => Number(value.toFixed(2))

const row = (what: string, values: number[]) => ({
  what,
  rounds: values.map((value) => Math.round(value)).join(' / '),
  median: Math.round(median(values)),
})
