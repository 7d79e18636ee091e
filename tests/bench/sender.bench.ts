import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench } from '#tests/bench/support/bench'
import type { Engine } from '#tests/bench/support/databases'
import { ReceiverProcess } from '#tests/bench/support/receiver'
import { measureUnlimited } from '#tests/bench/support/unlimited'
import { maxInAnySecond, percentile, rateOf } from '#tests/bench/support/windows'
import { endProcess, runScript, startAce, startScript } from '#tests/support/processes'

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 3000)

/** Answers come after 10 to 80 ms; one in fifty takes up to 1.2 s; every 15 s nothing is answered for a quarter second. */
const UNEVEN = {
  jitter: [10, 80] as [number, number],
  slow: { share: 0.02, ms: [400, 1200] as [number, number] },
  stall: { everyMs: 15_000, ms: 250 },
}

/** How the sender keeps the pace as a receiver sees it, and how fast it would be without. */
export default async function senderBench(bench: Bench) {
  const receiver = await new ReceiverProcess().start()
  try {
    const one = await measurePace(bench, receiver, 'sqlite', 1)
    const two = await measurePace(bench, receiver, 'postgres', 2)
    const unlimited = await measureUnlimited(bench, receiver)
    bench.table([one, two].map(({ row }) => row))
    bench.finish({
      rate: one.rate,
      max_in_any_second: one.max,
      two_workers_rate: two.rate,
      two_workers_max_in_any_second: two.max,
      interactive_p95_ms: Math.max(one.p95, two.p95),
      unlimited_ratio: unlimited,
    })
  } finally {
    receiver.stop()
  }
}

async function measurePace(bench: Bench, receiver: ReceiverProcess, engine: Engine, workers: number) {
  bench.log(`${MESSAGES} messages, ${workers} worker(s), ${engine} ...`)
  const { env } = await bench.database(engine)
  const environment = { env: { ...env, TELEGRAM_API_ROOT: receiver.url } }
  await receiver.behave(UNEVEN)
  await receiver.reset()
  await runScript(new URL('scripts/write_outbox.ts', import.meta.url), [MESSAGES], environment)

  const web = startScript(new URL('scripts/answer_interactively.ts', import.meta.url), [500], environment)
  const processes = Array.from({ length: workers }, () => startAce(['queue:work'], environment))
  let rows = 0
  while (rows < MESSAGES) {
    await sleep(1000)
    const arrivals = await receiver.arrivals()
    rows = new Set(arrivals.filter(({ text }) => text.startsWith('row')).map(({ text }) => text)).size
  }
  web.child.send('stop')
  await web.result
  await Promise.all(processes.map((child) => endProcess(child)))

  const arrivals = await receiver.arrivals()
  const ofRows = arrivals.filter(({ text }) => text.startsWith('row'))
  const [first, last] = [ofRows[0].at, ofRows.at(-1)!.at]
  const during = arrivals.filter(({ at }) => at >= first && at <= last)
  const latencies = during
    .filter(({ text }) => text.startsWith('interactive'))
    .map(({ at, text }) => at - Number(text.split(' ')[1]))
  const rate = round(rateOf(during.map(({ at }) => at)))
  const max = maxInAnySecond(arrivals.map(({ at }) => at))
  const p95 = round(percentile(latencies, 0.95))
  const row = { engine, workers, messages: ofRows.length, interactive: latencies.length, 'rate/s': rate }
  return { rate, max, p95, row: { ...row, 'max in any second': max, 'interactive p95 ms': p95 } }
}

const round = (value: number) => Math.round(value * 100) / 100
