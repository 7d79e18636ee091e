import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Captured } from '#tests/bench/bets/capture'
import type { Floor } from '#tests/bench/bets/ids'
import type { Span, Throughput } from '#tests/bench/bets/place_bets'
import { plainScript } from '#tests/bench/bets/plain_script'
import type { Bench } from '#tests/bench/support/bench'
import { pgbench } from '#tests/bench/support/pgbench'
import { temporaryFolder } from '#tests/support/environment'
import { runAce, runScript } from '#tests/support/processes'

const script = (name: string) => new URL(`bets/${name}.ts`, import.meta.url)
const FLOOR: Floor = { markets: 50, customers: 200 }
const HOT: Floor = { ...FLOOR, markets: 1 }
const WORKERS = 10
const ROUNDS = 3
const SECONDS = Number(process.env.BENCH_SECONDS ?? 8)
const CAP = 0.25

/** Concurrent bets on 50 markets, and on one, against the statements that one bet makes, driven by pgbench. */
export default async function bets(bench: Bench) {
  const { env } = await bench.database('postgres')
  await runScript(script('floor'), [FLOOR], { env })
  // Missions are complete after some bets of everybody: an ordinary bet only counts.
  await place(env, FLOOR, 'warm', SECONDS)
  const plain = await plainBets(env)

  const rounds: Array<{ ours: number; pgbench: number; hot: number; hotPgbench: number }> = []
  for (let round = 1; round <= ROUNDS; round++) {
    rounds.push({
      ours: await place(env, FLOOR, `${round}`),
      pgbench: await plain(FLOOR, 2 * round),
      hot: await place(env, HOT, `${round}:hot`),
      hotPgbench: await plain(HOT, 2 * round + 1),
    })
  }
  await verify(bench, env)

  const [ours, pgbenchTps] = [median(rounds.map((round) => round.ours)), median(rounds.map((round) => round.pgbench))]
  const [hot, hotTps] = [median(rounds.map((round) => round.hot)), median(rounds.map((round) => round.hotPgbench))]
  bench.log(`\nBets/s, ${WORKERS} at once. Cap: ratio ${CAP} on ${FLOOR.markets} markets.`)
  bench.table([
    row(
      '50 markets',
      rounds.map((round) => round.ours)
    ),
    row(
      '50 markets, pgbench',
      rounds.map((round) => round.pgbench)
    ),
    row(
      'one market',
      rounds.map((round) => round.hot)
    ),
    row(
      'one market, pgbench',
      rounds.map((round) => round.hotPgbench)
    ),
  ])
  bench.log(`ratio on one market: ${(hot / hotTps).toFixed(2)}`)
  const ratio = Number((ours / pgbenchTps).toFixed(2))
  const problems = ratio < CAP ? [`The ratio is ${ratio}, below ${CAP}`] : []
  bench.finish({ ratio, bets_per_s: Math.round(ours), hot_bets_per_s: Math.round(hot) }, problems)
}

async function place(env: Record<string, string>, floor: Floor, round: string, seconds = SECONDS) {
  const span: Span = { ...floor, workers: WORKERS, seconds, round }
  const { bets: count, seconds: took } = await runScript<Throughput>(script('place_bets'), [span], { env })
  return count / took
}

/** The product's own statements, as a bet of it has just made them. */
async function plainBets(env: Record<string, string>) {
  const captured = await runScript<Captured>(script('capture'), [FLOOR], { env })
  const file = join(temporaryFolder('kontora-bench-'), 'bet.sql')
  writeFileSync(file, plainScript(captured))
  return ({ markets, customers }: Floor, round: number) =>
    pgbench({
      url: env.DATABASE_URL,
      script: file,
      variables: { markets, customers, round, n: 0 },
      clients: WORKERS,
      seconds: SECONDS,
    })
}

async function verify(bench: Bench, env: Record<string, string>) {
  const { exitCode, output } = await runAce(['ledger:verify'], { env })
  if (exitCode !== 0) throw new Error(`The books do not add up:\n${output}`)
  bench.log('ledger:verify: clean')
}

const median = (values: number[]) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]

const row = (what: string, values: number[]) => ({
  what,
  rounds: values.map((value) => Math.round(value)).join(' / '),
  median: Math.round(median(values)),
})
