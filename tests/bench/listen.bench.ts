import { setTimeout as sleep } from 'node:timers/promises'
import type { ChainConfig } from '#chain/chain_config'
import type { Bench } from '#tests/bench/support/bench'
import { build } from '#tests/bench/support/build'
import type { Engine } from '#tests/bench/support/databases'
import { openQuery } from '#tests/bench/support/query'
import { LiveListener } from '#tests/bench/listen/live'
import { makeTransfers } from '#tests/bench/listen/transfers'
import { EvmWorld } from '#tests/support/chain/evm'
import { runScript } from '#tests/support/processes'

const EVENTS = Number(process.env.BENCH_EVENTS ?? 20_000)
const WALLETS = 400
const ROUNDS = 3
const DEPOSITS = 20
const RESTARTS = 3
const REORGS = 3
const DEPTH = 3

/** A listener that stood idle at every moment of its round. */
const SPREAD_MS = 130

const AIM = { ratio: 0.5, live_ms: 1000, restart_s: 5, reorg_ms: 1000 }

const script = (name: string) => new URL(`listen/${name}.ts`, import.meta.url)

/**
 * Reading a chain that has been busy: events recorded a second beside a hand-written loop of `getLogs` and batched
 * inserts of the same rows. Then, of the build: how soon a deposit is recorded, how soon somebody is back after
 * `kill -9`, how soon three replaced blocks are put right.
 */
export default async function listen(bench: Bench) {
  bench.log('Building; a chain with its transfers is made ...')
  build()
  const world = await EvmWorld.start({ args: ['--gas-limit', '60000000'] })
  try {
    const addresses = Array.from({ length: WALLETS }, (_, index) => addressOf(index))
    await makeTransfers(world, addresses, EVENTS)
    const postgres = await backFill(bench, world, addresses, 'postgres')
    const sqlite = await backFill(bench, world, addresses, 'sqlite')
    const live = await followLive(bench, world, addresses)
    bench.table([
      { figure: 'PostgreSQL, events/s', measured: postgres.rate, aim: '' },
      { figure: 'PostgreSQL, of a loop by hand', measured: postgres.ratio, aim: `above ${AIM.ratio}` },
      { figure: 'SQLite, events/s', measured: sqlite.rate, aim: '' },
      { figure: 'SQLite, of a loop by hand', measured: sqlite.ratio, aim: `above ${AIM.ratio}` },
      { figure: 'mined to recorded, ms (median)', measured: live.live_ms, aim: `below ${AIM.live_ms}` },
      { figure: 'back after kill -9, s (median)', measured: live.restart_s, aim: `below ${AIM.restart_s}` },
      { figure: 'three blocks replaced, ms (median)', measured: live.reorg_ms, aim: `below ${AIM.reorg_ms}` },
    ])
    const figures = {
      pg_events_per_s: postgres.rate,
      pg_ratio: postgres.ratio,
      sqlite_ratio: sqlite.ratio,
      ...live,
    }
    bench.finish(figures, missed(figures))
  } finally {
    await world.stop()
  }
}

async function backFill(bench: Bench, world: EvmWorld, addresses: string[], engine: Engine) {
  const { env } = await bench.database(engine)
  await runScript(script('make_wallets'), [world.chainId, addresses], { env })
  const config: ChainConfig = world.chainConfig({ confirmations: 12 })
  const hand = { rpcUrl: world.rpcUrl, chainId: world.chainId, usdt: world.usdt, addresses, env }
  const rounds: Array<{ ours: number; byHand: number }> = []
  for (let round = 1; round <= ROUNDS; round++) {
    const byHand = await runScript<number>(script('by_hand'), [hand], { env })
    await runScript(script('forget'), [], { env })
    const ours = await runScript<number>(script('back_fill'), [config, EVENTS], { env })
    await runScript(script('forget'), [], { env })
    rounds.push({ ours, byHand })
    bench.log(`${engine}: ${perSecond(ours)} events/s; by hand ${perSecond(byHand)} events/s`)
  }
  return {
    rate: perSecond(median(rounds.map(({ ours }) => ours))),
    ratio: hundredths(median(rounds.map(({ ours, byHand }) => byHand / ours))),
  }
}

async function followLive(bench: Bench, world: EvmWorld, addresses: string[]) {
  const { env } = await bench.database('postgres')
  await runScript(script('make_wallets'), [world.chainId, addresses], { env })
  const { query, close } = await openQuery(env)
  const listener = new LiveListener(world, { ...env, ...environmentOf(world) }, query)
  try {
    listener.start()
    await listener.deposit(addresses[0])
    const latencies: number[] = []
    for (let i = 0; i < DEPOSITS; i++) {
      await sleep((i % 5) * SPREAD_MS)
      latencies.push(await listener.deposit(addresses[i]))
    }
    const restarts: number[] = []
    for (let i = 0; i < RESTARTS; i++) {
      await listener.kill()
      const killedAt = performance.now()
      listener.start()
      await listener.deposit(addresses[i])
      restarts.push(performance.now() - killedAt)
    }
    const repairs: number[] = []
    for (let i = 0; i < REORGS; i++) repairs.push(await replaceBlocks(world, listener, addresses))
    bench.log(`Live: ${rounded(latencies)} ms; restarts: ${rounded(restarts)} ms; repairs: ${rounded(repairs)} ms`)
    return {
      live_ms: Math.round(median(latencies)),
      restart_s: hundredths(median(restarts) / 1000),
      reorg_ms: Math.round(median(repairs)),
    }
  } finally {
    await listener.kill()
    await close()
  }
}

/** Three deposits in three blocks are gone, and one of another branch is there instead. */
async function replaceBlocks(world: EvmWorld, listener: LiveListener, [first, second, third, fourth]: string[]) {
  const hashes: string[] = []
  for (const address of [first, second, third]) {
    const { transactionHash } = await world.mint(address, 2_000_000n)
    hashes.push(transactionHash)
  }
  const gone = hashes.map((hash) => `'${hash}'`).join(', ')
  const counted = (status: string) =>
    `SELECT 1 AS found FROM chain_events WHERE tx_hash IN (${gone}) AND status = '${status}' HAVING count(*) = ${DEPTH}`
  await listener.until(counted('seen'))
  const data = world.contracts.usdt.encodeFunctionData('mint', [fourth, 3_000_000n])
  await world.reorg(DEPTH, [[{ from: world.owner, to: world.usdt, data }, DEPTH - 1]])
  const replacedAt = performance.now()
  const head = await world.head()
  await listener.until(counted('orphaned'))
  await listener.until(`SELECT 1 AS found FROM chain_events WHERE block_number = ${head} AND status = 'seen'`)
  return performance.now() - replacedAt
}

const environmentOf = (world: EvmWorld) => ({
  CHAIN_RPC_URLS: world.rpcUrl,
  CHAIN_ID: String(world.chainId),
  CHAIN_USDT_ADDRESS: world.usdt,
  CHAIN_RAFFLE_ADDRESS: world.raffle,
})

function missed(figures: {
  pg_ratio: number
  sqlite_ratio: number
  live_ms: number
  restart_s: number
  reorg_ms: number
}) {
  const isMet = {
    pg_ratio: figures.pg_ratio >= AIM.ratio,
    sqlite_ratio: figures.sqlite_ratio >= AIM.ratio,
    live_ms: figures.live_ms < AIM.live_ms,
    restart_s: figures.restart_s < AIM.restart_s,
    reorg_ms: figures.reorg_ms < AIM.reorg_ms,
  }
  return Object.entries(isMet).flatMap(([name, met]) => (met ? [] : [`${name} does not meet its aim`]))
}

const addressOf = (index: number) => `0x${(0xc0ffee000000 + index).toString(16).padStart(40, '0')}`
const perSecond = (ms: number) => Math.round((EVENTS * 1000) / ms)
const rounded = (values: number[]) => values.map((value) => Math.round(value)).join(', ')
const hundredths = (value: number) => Math.round(value * 100) / 100
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
