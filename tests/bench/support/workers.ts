import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildProcess } from 'node:child_process'
import type { Query } from '#tests/bench/support/query'
import { endProcess, startScript } from '#tests/support/processes'

const SCRIPT = new URL('../scripts/work_faster.ts', import.meta.url)

/** Two workers, one of which sends while the other stands by; who is killed is replaced. */
export class Workers {
  #running: ChildProcess[] = []

  constructor(
    private readonly query: Query,
    private readonly rate: number,
    private readonly env: Record<string, string>
  ) {}

  start() {
    while (this.#running.length < 2) {
      const { child, result } = startScript(SCRIPT, [this.rate], { env: this.env })
      result.catch(() => {})
      this.#running.push(child)
    }
  }

  /** kill -9 for the one that holds the sender's lease. Answers false when nobody does. */
  async killSender(): Promise<boolean> {
    const [lease] = await this.query<{ holder: string }>(
      `SELECT holder FROM leases WHERE name = 'telegram-sender' AND expires_at > 0`
    )
    const pid = Number(lease?.holder.split(':').at(-2))
    const victim = this.#running.find((child) => child.pid === pid)
    if (!victim) return false
    await endProcess(victim, 'SIGKILL')
    this.#running = this.#running.filter((child) => child !== victim)
    this.start()
    return true
  }

  async stop() {
    await sleep(0)
    await Promise.all(this.#running.map((child) => endProcess(child, 'SIGKILL')))
  }
}
