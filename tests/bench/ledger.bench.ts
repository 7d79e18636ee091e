import { fileURLToPath } from 'node:url'
import type { Bench } from '#tests/bench/support/bench'
import type { Span, Throughput } from '#tests/bench/ledger/transfer_between'
import { pgbench } from '#tests/bench/support/pgbench'
import { runAce, runScript } from '#tests/support/processes'

const SCRIPT = new URL('ledger/transfer_between.ts', import.meta.url)
const PLAIN = fileURLToPath(new URL('ledger/transfer.sql', import.meta.url))
const CUSTOMERS = 2000
const WORKERS = 10
const ROUNDS = 3
const SECONDS = 8
const CAP = { pgRatio: 0.3, sqliteTps: 1500 }

/** Concurrent transfers between random customers against the same SQL driven by pgbench; the books add up afterwards. */
export default async function ledger(bench: Bench) {
  const postgres = await bench.database('postgres')
  const rounds: Array<{ ours: number; pgbench: number }> = []
  await transfers(postgres.env, 0, 1)
  for (let round = 1; round <= ROUNDS; round++) {
    const plain = await pgbench({
      url: postgres.env.DATABASE_URL,
      script: PLAIN,
      variables: { customers: CUSTOMERS },
      clients: WORKERS,
      seconds: SECONDS,
    })
    rounds.push({ ours: await transfers(postgres.env, round), pgbench: plain })
  }
  await verify(bench, postgres.env)

  const sqlite = await bench.database('sqlite')
  const file: number[] = []
  for (let round = 1; round <= ROUNDS; round++) file.push(await transfers(sqlite.env, round))
  await verify(bench, sqlite.env)

  const ours = median(rounds.map((round) => round.ours))
  const plain = median(rounds.map((round) => round.pgbench))
  bench.log(`\nTransfers/s, ${WORKERS} at once. Caps: ratio ${CAP.pgRatio}, SQLite ${CAP.sqliteTps}/s.`)
  bench.table([
    {
      database: 'PostgreSQL',
      rounds: rounds.map((round) => Math.round(round.ours)).join(' / '),
      median: Math.round(ours),
    },
    {
      database: 'pgbench',
      rounds: rounds.map((round) => Math.round(round.pgbench)).join(' / '),
      median: Math.round(plain),
    },
    { database: 'SQLite', rounds: file.map((tps) => Math.round(tps)).join(' / '), median: Math.round(median(file)) },
  ])
  bench.finish({
    pg_ratio: Number((ours / plain).toFixed(2)),
    pg_tps: Math.round(ours),
    sqlite_tps: Math.round(median(file)),
  })
}

async function transfers(env: Record<string, string>, round: number, seconds = SECONDS) {
  const span: Span = { customers: CUSTOMERS, workers: WORKERS, seconds, round }
  const { transfers: count, seconds: took } = await runScript<Throughput>(SCRIPT, [span], { env })
  return count / took
}

/** What was acknowledged stands in the books, and they add up. */
async function verify(bench: Bench, env: Record<string, string>) {
  const { exitCode, output } = await runAce(['ledger:verify'], { env })
  if (exitCode !== 0) throw new Error(`The books do not add up:\n${output}`)
  bench.log('ledger:verify: clean')
}

const median = (values: number[]) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]
