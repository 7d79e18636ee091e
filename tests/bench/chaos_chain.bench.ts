import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '#sandbox/faults'
import type { Bench } from '#tests/bench/support/bench'
import { build } from '#tests/bench/support/build'
import { openQuery, type Query } from '#tests/bench/support/query'
import { ChainProcesses, type Role } from '#tests/bench/chaos_chain/processes'
import { ChainProof } from '#tests/bench/chaos_chain/proof'
import type { OpenRaffle } from '#tests/bench/scripts/open_raffle'
import { EvmWorld } from '#tests/support/chain/evm'
import { runAce, runScript, startScript } from '#tests/support/processes'

const SEED = Number(process.env.BENCH_SEED ?? Math.floor(Math.random() * 1_000_000))
const KILLS = Number(process.env.BENCH_KILLS ?? 20)
const ENTRIES = Number(process.env.BENCH_ENTRIES ?? 100)
const FEE = 5_000_000n
const TREASURY_WEI = 10n * 10n ** 18n

const BLOCK_SECONDS = 1
const CONFIRMATIONS = 3
/** From the first customer to the last. */
const SPREAD_MS = 40_000
/** Between two kills: now and then a process is killed before it has quite started. */
const PAUSE_MS = { least: 500, more: 4_000 }
const LISTENER_SHARE = 0.4
const SETTLING_MS = 120_000

const SCRIPTS = new URL('scripts/', import.meta.url)

/**
 * Customers enter the raffle while the listener and the worker that sends their transactions are killed again and
 * again. In the end the contract is asked who is in it and who has paid. `BENCH_SEED` repeats the chance of a run.
 */
export default async function chaosChain(bench: Bench) {
  bench.log(`${ENTRIES} entries, ${KILLS} kills, blocks of ${BLOCK_SECONDS} s, BENCH_SEED=${SEED} ...`)
  build()
  const startedAt = performance.now()
  const random = seededRandom(SEED)
  const evm = await EvmWorld.start({ entranceFee: FEE })
  const { env } = await bench.database('postgres')
  const { query, close } = await openQuery(env)
  const environment = { ...env, ...chainOf(evm) }
  const processes = new ChainProcesses(environment)
  try {
    const { treasury, players } = await runScript<OpenRaffle>(new URL('open_raffle.ts', SCRIPTS), [ENTRIES], {
      env: environment,
    })
    await evm.setBalance(treasury, TREASURY_WEI)
    for (const { address } of players) await evm.mint(address, FEE)
    await evm.rpc.call('evm_setIntervalMining', [BLOCK_SECONDS])

    processes.start()
    const ids = players.map(({ customerId }) => customerId)
    const { result: entering } = startScript(new URL('enter_raffle.ts', SCRIPTS), [ids, SPREAD_MS], {
      env: environment,
    })
    await Promise.all([entering, killAgainAndAgain(bench, processes, query, random)])
    bench.log(`All have tapped after ${seconds(startedAt)} s; settling ...`)
    const unsettled = await untilSettled(query)
    if (unsettled.length > 0) bench.log(processes.lastWords.join('\n'))

    const proof = new ChainProof(evm, query, FEE)
    await proof.entries(players)
    await proof.books(players)
    await proof.nonces()
    const { lost, doubled, gaps } = proof.findings
    const verified = await runAce(['ledger:verify'], { env: environment })
    bench.table(await tableOf(query))
    const kills = processes.kills.listener + processes.kills.worker
    bench.log(`kills: listener ${processes.kills.listener}, worker ${processes.kills.worker}`)
    bench.finish(
      {
        ...{ kills, lost: lost.length, doubled: doubled.length, nonce_gaps: gaps.length },
        ledger_clean: verified.exitCode === 0 ? 1 : 0,
        ...{ entries: players.length, unsettled: unsettled.length, seed: SEED, seconds: seconds(startedAt) },
      },
      [
        ...unsettled.map((line) => `not settled: ${line}`),
        ...lost.map((line) => `lost: ${line}`),
        ...doubled.map((line) => `doubled: ${line}`),
        ...gaps.map((line) => `gap: ${line}`),
        ...(verified.exitCode === 0 ? [] : [`ledger:verify: ${verified.output}`]),
      ]
    )
  } catch (error) {
    bench.log(processes.lastWords.join('\n'))
    throw error
  } finally {
    await processes.stop()
    await close()
    await evm.stop()
  }
}

const seconds = (startedAt: number) => Math.round((performance.now() - startedAt) / 1000)

const chainOf = (evm: EvmWorld) => ({
  CHAIN_RPC_URLS: evm.rpcUrl,
  CHAIN_ID: String(evm.chainId),
  CHAIN_USDT_ADDRESS: evm.usdt,
  CHAIN_RAFFLE_ADDRESS: evm.raffle,
  CHAIN_START_BLOCK: '0',
  CHAIN_CONFIRMATIONS: String(CONFIRMATIONS),
  CHAIN_POLL_MS: '250',
  LOG_LEVEL: 'warn',
})

async function killAgainAndAgain(bench: Bench, processes: ChainProcesses, query: Query, random: () => number) {
  for (let i = 1; i <= KILLS; i++) {
    await sleep(PAUSE_MS.least + random() * PAUSE_MS.more)
    const role: Role = random() < LISTENER_SHARE ? 'listener' : 'worker'
    await processes.kill(role)
    const [{ count }] = await query(`SELECT count(*)::int AS count FROM chain_operations WHERE finished_at IS NULL`)
    bench.log(`kill ${i} of ${KILLS}: ${role}, ${count} entries under way`)
  }
}

/** Waits until nobody waits for anything any more; answers what still waits after a while, in words. */
async function untilSettled(query: Query) {
  const until = performance.now() + SETTLING_MS
  for (;;) {
    const operations = await query<{ reference: string; status: string; reason: string | null }>(
      `SELECT reference, status, reason FROM chain_operations WHERE finished_at IS NULL`
    )
    const txs = await query<{ step: string; nonce: number; status: string }>(
      `SELECT step, nonce, status FROM chain_txs WHERE settled_at IS NULL`
    )
    const events = await query<{ id: number; problem: string | null }>(
      `SELECT id, problem FROM chain_events WHERE status = 'seen'`
    )
    const open = [
      ...operations.map(({ reference, status, reason }) => `operation ${reference} is ${status} (${reason})`),
      ...txs.map(({ step, nonce, status }) => `${step} with nonce ${nonce} is ${status}`),
      ...events.map(({ id, problem }) => `event ${id} is not confirmed (${problem})`),
    ]
    if (open.length === 0 || performance.now() > until) return open
    await sleep(500)
  }
}

const tableOf = (query: Query) =>
  query<{ kind: string; transactions: number; attempts: number; broadcasts: number }>(
    `SELECT t.kind, count(DISTINCT t.id)::int AS transactions, count(a.id)::int AS attempts, sum(a.broadcasts)::int AS broadcasts
       FROM chain_txs t JOIN chain_tx_attempts a ON a.tx_id = t.id GROUP BY t.kind ORDER BY t.kind`
  )
