import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench } from '#tests/bench/support/bench'
import type { Engine } from '#tests/bench/support/databases'
import { openQuery, type Query } from '#tests/bench/support/query'
import { ReceiverProcess, type Arrival } from '#tests/bench/support/receiver'
import { Workers } from '#tests/bench/support/workers'
import { runScript, startScript } from '#tests/support/processes'

const ENGINE = (process.env.BENCH_ENGINE ?? 'sqlite') as Engine
const KILLS = Number(process.env.BENCH_KILLS ?? 20)
const RECIPIENTS = 5000
const TRANSACTIONAL = 500
const FIRST_RECIPIENT = 10_000_000
const FIRST_CHAT = 20_000_000

/** Raised, so that the bench ends within minutes; no more is in flight than at the normal pace. */
const RATE = 60

const SCRIPTS = new URL('scripts/', import.meta.url)

/** One recipient in fifty has blocked the bot; a few calls fail, are refused for a second, or are cut off. */
const UNRULY = {
  jitter: [10, 80] as [number, number],
  slow: { share: 0.02, ms: [300, 900] as [number, number] },
  blocked: { from: FIRST_RECIPIENT, to: FIRST_RECIPIENT + RECIPIENTS, every: 50 },
  faults: { tooMany: 0.001, error: 0.01, cutAfter: 0.001, cutBefore: 0.001 },
}

/** Kills the worker again and again in the middle of a broadcast, and counts at the receiver what came of it. */
export default async function chaosSender(bench: Bench) {
  const receiver = await new ReceiverProcess().start()
  const { env } = await bench.database(ENGINE)
  const environment = { ...env, TELEGRAM_API_ROOT: receiver.url }
  const { query, close } = await openQuery(env)
  const workers = new Workers(query, RATE, environment)
  try {
    await receiver.behave(UNRULY)
    bench.log(`${RECIPIENTS} recipients, ${TRANSACTIONAL} transactional messages, ${KILLS} kills, ${ENGINE} ...`)
    await runScript(new URL('start_broadcast.ts', SCRIPTS), [RECIPIENTS, FIRST_RECIPIENT], { env: environment })
    workers.start()
    startScript(new URL('write_slowly.ts', SCRIPTS), [TRANSACTIONAL, FIRST_CHAT, 250], { env: environment })
    const unknownByKill = await killAgainAndAgain(bench, workers, receiver, query)
    await untilFinished(query)
    report(bench, unknownByKill, await receiver.arrivals(), await readRows(query))
  } finally {
    await workers.stop()
    await close()
    receiver.stop()
  }
}

async function killAgainAndAgain(bench: Bench, workers: Workers, receiver: ReceiverProcess, query: Query) {
  const moments = Array.from({ length: KILLS }, () => Math.random() * RECIPIENTS).sort((a, b) => a - b)
  const unknown: number[] = []
  for (const moment of moments) {
    await untilSending(receiver, moment)
    unknown.push(await diedUnknown(query))
    do await sleep(Math.random() * 500)
    while (!(await workers.killSender()))
    bench.log(`kill ${unknown.length} after ${await receiver.count()} calls`)
  }
  await untilSending(receiver)
  unknown.push(await diedUnknown(query))
  return unknown.slice(1).map((count, i) => count - unknown[i])
}

/** Until somebody sends (again), and so many calls have come. */
async function untilSending(receiver: ReceiverProcess, least = 0) {
  const before = await receiver.count()
  for (let count = before; count === before || count < least; count = await receiver.count()) await sleep(50)
}

const diedUnknown = async (query: Query) => {
  const [row] = await query<{ count: number }>(
    `SELECT count(*) AS count FROM notifications WHERE status = 'UNKNOWN' AND reason = 'worker_died'`
  )
  return Number(row.count)
}

interface Row {
  chat_id: number
  broadcast_id: number | null
  status: string
  error: string | null
}

async function untilFinished(query: Query) {
  for (;;) {
    const [row] = await query<{ rows: number; open: number }>(
      `SELECT count(*) AS rows, sum(CASE WHEN status IN ('PENDING', 'PROCESSING', 'FAILED') THEN 1 ELSE 0 END) AS open
       FROM notifications WHERE type <> 'ADMIN_ALERT'`
    )
    if (Number(row.rows) >= RECIPIENTS + TRANSACTIONAL && Number(row.open) === 0) return
    await sleep(1000)
  }
}

const readRows = (query: Query) =>
  query<Row & Record<string, any>>(
    `SELECT chat_id, broadcast_id, status, error FROM notifications WHERE type <> 'ADMIN_ALERT'`
  )

function report(bench: Bench, unknownByKill: number[], arrivals: Arrival[], rows: Row[]) {
  const taken = new Map<number, number>()
  for (const { chatId } of arrivals.filter((arrival) => arrival.taken)) taken.set(chatId, (taken.get(chatId) ?? 0) + 1)
  const times = (row: Row) => taken.get(row.chat_id) ?? 0
  const news = rows.filter((row) => row.broadcast_id !== null)
  const others = rows.filter((row) => row.broadcast_id === null)
  const count = (of: Row[], status: string) => of.filter((row) => row.status === status).length
  const accounted = (row: Row) =>
    (row.status === 'SENT' && times(row) === 1) ||
    (row.status === 'PERMANENT_FAILURE' && row.error !== null && times(row) === 0) ||
    (row.status === 'UNKNOWN' && times(row) <= 1)

  const statuses = ['SENT', 'PERMANENT_FAILURE', 'UNKNOWN']
  bench.table(
    [['broadcast', news] as const, ['transactional', others] as const].map(([kind, of]) => ({
      kind,
      rows: of.length,
      ...Object.fromEntries(statuses.map((status) => [status, count(of, status)])),
      'arrived twice or more': of.filter((row) => times(row) > 1).length,
      'never arrived': of.filter((row) => times(row) === 0).length,
    }))
  )
  bench.log(`unknown after each kill: ${unknownByKill.join(' ')} (most ${Math.max(...unknownByKill)})`)
  bench.finish({
    kills: unknownByKill.length,
    lost: RECIPIENTS - news.filter(accounted).length,
    broadcast_duplicates: news.filter((row) => times(row) > 1).length,
    unknown: count(news, 'UNKNOWN'),
    transactional_lost: TRANSACTIONAL - others.filter((row) => times(row) > 0).length,
    transactional_duplicates: others.reduce((sum, row) => sum + Math.max(0, times(row) - 1), 0),
  })
}
