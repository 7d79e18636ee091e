import type { Bench } from '#tests/bench/support/bench'
import { build } from '#tests/bench/support/build'
import type { Engine } from '#tests/bench/support/databases'
import { openQuery } from '#tests/bench/support/query'
import { differenceOf, effectOf } from '#tests/bench/settle/effect'
import { untilSettled, Worker } from '#tests/bench/settle/worker'
import { runAce, runScript } from '#tests/support/processes'

const BETS: Record<Engine, number> = { postgres: 100_000, sqlite: 20_000 }
const CAP = { ratio: 4 }

const SCRIPTS = new URL('settle/', import.meta.url)
const script = (name: string) => new URL(`${name}.ts`, SCRIPTS)

interface Settled {
  seconds: number
  peakMb: number
  /** After half of the bets: what the other half adds would go on growing with their number. */
  halfPeakMb: number
  effect: Record<string, string>
}

/**
 * A market is settled by a worker of the build, and on a copy of the same data by SQL that somebody wrote by hand for
 * it: what both leave behind is compared, and how long they took.
 */
export default async function settle(bench: Bench) {
  build()
  const problems: string[] = []
  const rows = []
  for (const engine of ['postgres', 'sqlite'] as Engine[]) {
    const ours = await byWorker(bench, engine, BETS[engine])
    const hand = await byHand(bench, engine, BETS[engine])
    problems.push(...differenceOf(ours.effect, hand.effect).map((line) => `${engine}: ${line}`))
    rows.push({ engine, ours, hand, ratio: ours.seconds / hand.seconds })
  }

  bench.log(`\nFrom the decision to the last bet. Cap: ratio ${CAP.ratio} on PostgreSQL.`)
  bench.table(
    rows.map(({ engine, ours, hand, ratio }) => ({
      database: engine,
      bets: BETS[engine],
      'ours s': ours.seconds.toFixed(1),
      'by hand s': hand.seconds.toFixed(1),
      ratio: round(ratio, 2),
      'bets/s': Math.round(BETS[engine] / ours.seconds),
      'peak MB': Math.round(ours.peakMb),
      'at half': Math.round(ours.halfPeakMb),
    }))
  )
  const [postgres, sqlite] = rows
  bench.finish(
    {
      seconds: round(postgres.ours.seconds, 1),
      sql_ratio: round(postgres.ratio, 2),
      rss_growth_mb: round(postgres.ours.peakMb - postgres.ours.halfPeakMb, 1),
      sqlite_seconds: round(sqlite.ours.seconds, 1),
      sqlite_sql_ratio: round(sqlite.ratio, 2),
      peak_mb: round(postgres.ours.peakMb, 0),
    },
    problems
  )
}

async function byWorker(bench: Bench, engine: Engine, bets: number): Promise<Settled> {
  bench.log(`${engine}: ${bets} bets by a worker ...`)
  const { env } = await bench.database(engine)
  const market = await runScript<string>(script('fill'), [bets], { env })
  const { query, close } = await openQuery(env)
  const worker = new Worker(env)
  try {
    await worker.untilUp(query)
    const settlementId = await runScript<number>(script('resolve'), [market], { env })
    let halfPeakMb = 0
    const atHalf = () => void (halfPeakMb = worker.peakMb)
    const { seconds } = await untilSettled(query, settlementId, { atHalf }).catch((error) => {
      bench.log(worker.lastWords)
      throw error
    })
    const { peakMb } = worker
    await worker.stop()
    for (const command of ['ledger:verify', 'markets:verify']) await prove(command, env)
    return { seconds, peakMb, halfPeakMb, effect: await effectOf(query) }
  } finally {
    await worker.kill()
    await close()
  }
}

async function byHand(bench: Bench, engine: Engine, bets: number) {
  bench.log(`${engine}: ${bets} bets by hand ...`)
  const { env } = await bench.database(engine)
  const market = await runScript<string>(script('fill'), [bets], { env })
  const settlementId = await runScript<number>(script('resolve'), [market], { env })
  const ms = await runScript<number>(script('by_hand'), [settlementId], { env })
  for (const command of ['ledger:verify', 'markets:verify']) await prove(command, env)
  const { query, close } = await openQuery(env)
  const effect = await effectOf(query)
  await close()
  return { seconds: ms / 1000, effect }
}

async function prove(command: string, env: Record<string, string>) {
  const { exitCode, output } = await runAce([command], { env })
  if (exitCode !== 0) throw new Error(`${command} found:\n${output.slice(0, 4000)}`)
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))
