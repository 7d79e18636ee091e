import type { Bench } from '#tests/bench/support/bench'
import type { Engine } from '#tests/bench/support/databases'
import type { ReceiverProcess } from '#tests/bench/support/receiver'
import { rateOf } from '#tests/bench/support/windows'
import { runScript } from '#tests/support/processes'

const MESSAGES = 10_000
const ROUNDS = 3
const CONCURRENCY = 64
const SCRIPTS = new URL('../scripts/', import.meta.url)

/**
 * With the cap lifted, the sender (outbox, journal, results) against a bare loop of grammY calls, at the same
 * concurrency and against a receiver that answers at once. Of three rounds, which take turns, the median counts; of
 * the two databases, the worse.
 */
export async function measureUnlimited(bench: Bench, receiver: ReceiverProcess): Promise<number> {
  await receiver.behave({ jitter: [0, 0] })
  const rows = []
  for (const engine of ['sqlite', 'postgres'] as Engine[]) {
    bench.log(`${MESSAGES} messages with the cap lifted, ${engine} ...`)
    const { env } = await bench.database(engine)
    const environment = { env: { ...env, TELEGRAM_API_ROOT: receiver.url } }
    const run = (script: string, ...args: number[]) => runScript(new URL(script, SCRIPTS), args, environment)
    const rounds = []
    for (let round = 0; round < ROUNDS; round++) {
      await run('write_outbox.ts', MESSAGES, round * MESSAGES)
      const grammy = await rateWhile(receiver, () => run('call_with_grammy.ts', MESSAGES, CONCURRENCY))
      const sender = await rateWhile(receiver, () => run('send_unlimited.ts', MESSAGES, CONCURRENCY))
      rounds.push({ grammy, sender, ratio: sender / grammy })
    }
    const { grammy, sender, ratio } = rounds.sort((a, b) => a.ratio - b.ratio)[Math.floor(ROUNDS / 2)]
    rows.push({ engine, 'grammY/s': Math.round(grammy), 'sender/s': Math.round(sender), ratio: round(ratio) })
  }
  bench.table(rows)
  return Math.min(...rows.map(({ ratio }) => ratio))
}

async function rateWhile(receiver: ReceiverProcess, work: () => Promise<unknown>) {
  await receiver.reset()
  await work()
  const arrivals = await receiver.arrivals()
  if (arrivals.length < MESSAGES) throw new Error(`Only ${arrivals.length} of ${MESSAGES} messages arrived`)
  return rateOf(arrivals.map(({ at }) => at))
}

const round = (value: number) => Math.round(value * 100) / 100
