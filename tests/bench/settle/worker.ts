import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildProcess } from 'node:child_process'
import type { Query } from '#tests/bench/support/query'
import { startBuilt } from '#tests/bench/support/build'
import { endProcess } from '#tests/support/processes'

const PATIENCE_MS = 15 * 60_000

/** A worker of the build; messages are left to others. */
export class Worker {
  #child: ChildProcess
  #output: string[] = []

  constructor(env: Record<string, string>) {
    this.#child = startBuilt('ace', ['queue:work', '--no-sender'], env)
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output.push(...text.split('\n').filter(Boolean))
        this.#output.splice(0, this.#output.length - 20)
      })
    }
  }

  /** The last lines it wrote, for whoever looks for a cause. */
  get lastWords() {
    return this.#output.join('\n')
  }

  /** It has told that it is there. */
  async untilUp(query: Query) {
    await until(async () => {
      if (this.#child.exitCode !== null) throw new Error(`The worker ended:\n${this.lastWords}`)
      const rows = await query(`SELECT id FROM processes WHERE CAST(roles AS text) LIKE '%worker%'`)
      return rows.length > 0
    })
  }

  /** The most memory it ever had; where the system tells (Linux). */
  get peakMb(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1024
  }

  stop = () => endProcess(this.#child, 'SIGTERM')
  kill = () => endProcess(this.#child, 'SIGKILL')
}

/** `atHalf` is called once, as soon as half of the bets are settled. */
export async function untilSettled(
  query: Query,
  settlementId: number,
  { everyMs = 100, atHalf = () => {} } = {}
): Promise<{ seconds: number }> {
  let [seconds, isHalf] = [0, false]
  await until(async () => {
    const [row] = await query<Record<'started_at' | 'finished_at' | 'bets' | 'done_bets', number> & { status: string }>(
      `SELECT status, started_at, finished_at, bets, done_bets FROM market_settlements WHERE id = ${settlementId}`
    )
    seconds = (row.finished_at - row.started_at) / 1000
    if (!isHalf && row.done_bets * 2 >= row.bets) {
      isHalf = true
      atHalf()
    }
    return row.status === 'done'
  }, everyMs)
  return { seconds }
}

async function until(isTrue: () => Promise<boolean>, everyMs = 100) {
  for (const end = Date.now() + PATIENCE_MS; !(await isTrue()); await sleep(everyMs)) {
    if (Date.now() > end) throw new Error('It takes too long')
  }
}
