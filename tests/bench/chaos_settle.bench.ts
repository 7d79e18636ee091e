import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '#sandbox/faults'
import type { Bench } from '#tests/bench/support/bench'
import { build } from '#tests/bench/support/build'
import { openQuery, type Query } from '#tests/bench/support/query'
import { proofOf } from '#tests/bench/settle/proof'
import { untilSettled, Worker } from '#tests/bench/settle/worker'
import { runAce, runScript } from '#tests/support/processes'

const SEED = Number(process.env.BENCH_SEED ?? Math.floor(Math.random() * 1_000_000))
const BETS = 20_000
const KILLS = Number(process.env.BENCH_KILLS ?? 20)
/**
 * While it starts, or once it has settled something: then within about the time of one more step, so that twenty kills
 * find the settlement unfinished.
 */
const PAUSE_MS = { starting: 700, working: 140 }
const UNBEGUN_SHARE = 0.3

const script = (name: string) => new URL(`settle/${name}.ts`, import.meta.url)

/**
 * The worker of the build that settles a market is killed again and again, while it works and while it starts; who is
 * killed is replaced. In the end every bet is settled once and told of once. `BENCH_SEED` repeats the chance of a run.
 */
export default async function chaosSettle(bench: Bench) {
  bench.log(`${BETS} bets, ${KILLS} kills, BENCH_SEED=${SEED} ...`)
  build()
  const random = seededRandom(SEED)
  const { env } = await bench.database('postgres')
  const market = await runScript<string>(script('fill'), [BETS], { env })
  const settlementId = await runScript<number>(script('resolve'), [market], { env })
  const { query, close } = await openQuery(env)
  let worker: Worker | undefined
  try {
    let inMidst = 0
    for (let kill = 1; kill <= KILLS; kill++) {
      worker = new Worker(env)
      const before = await doneBets(query, settlementId)
      const isUnbegun = random() < UNBEGUN_SHARE
      if (!isUnbegun) await untilItMoves(query, settlementId, before)
      await sleep(random() * (isUnbegun ? PAUSE_MS.starting : PAUSE_MS.working))
      await worker.kill()
      const done = await doneBets(query, settlementId)
      if (done > 0 && done < BETS) inMidst++
      bench.log(`kill ${kill} of ${KILLS}: ${done} bets are settled`)
    }
    worker = new Worker(env)
    await untilSettled(query, settlementId)
    await worker.stop()

    const proof = await proofOf(query, settlementId)
    const verified = [await runAce(['ledger:verify'], { env }), await runAce(['markets:verify'], { env })]
    bench.log(`${inMidst} kills in the midst of the bets`)
    bench.finish(
      {
        kills: KILLS,
        lost: proof.lost.length,
        doubled: proof.doubled.length,
        ledger_clean: verified[0].exitCode === 0 ? 1 : 0,
        markets_clean: verified[1].exitCode === 0 ? 1 : 0,
        in_midst: inMidst,
        seed: SEED,
      },
      [
        ...proof.lost.map((line) => `lost: ${line}`),
        ...proof.doubled.map((line) => `doubled: ${line}`),
        ...verified.filter(({ exitCode }) => exitCode !== 0).map(({ output }) => output.slice(0, 4000)),
        ...(inMidst > 0 ? [] : ['No kill hit the settlement']),
      ]
    )
  } finally {
    await worker?.kill()
    await close()
  }
}

async function doneBets(query: Query, settlementId: number) {
  const [row] = await query(`SELECT done_bets FROM market_settlements WHERE id = ${settlementId}`)
  return row.done_bets as number
}

/** It settles bets, or there is nothing left to settle. */
async function untilItMoves(query: Query, settlementId: number, before: number) {
  for (let now = before; now === before && now < BETS; now = await doneBets(query, settlementId)) await sleep(20)
}
