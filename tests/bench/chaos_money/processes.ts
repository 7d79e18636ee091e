import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBuilt } from '#tests/bench/support/build'
import { endProcess } from '#tests/support/processes'

export type Role = 'web' | 'worker'

/** The web process and the worker of one installation, from the build; whoever is killed is started again at once. */
export class Installation {
  readonly kills: Record<Role, number> = { web: 0, worker: 0 }
  #running: Partial<Record<Role, ChildProcess>> = {}
  #isStopping = false
  #output: string[] = []

  constructor(private readonly env: Record<string, string>) {}

  async start() {
    this.#start('web')
    this.#start('worker')
    await this.untilUp()
  }

  /** The web process answers. */
  async untilUp() {
    for (;;) {
      const response = await fetch(`http://${this.env.HOST}:${this.env.PORT}/health`).catch(() => null)
      await response?.body?.cancel()
      if (response) return
      if (this.#isStopping) throw new Error('Stopped before the web process was up')
      await sleep(50)
    }
  }

  /** kill -9, whatever it is doing. */
  async kill(role: Role) {
    const child = this.#running[role]!
    await endProcess(child, 'SIGKILL')
    this.kills[role]++
    this.#start(role)
  }

  async stop() {
    this.#isStopping = true
    await Promise.all(Object.values(this.#running).map((child) => endProcess(child, 'SIGKILL')))
  }

  /** The last lines the processes wrote, for whoever looks for a cause. */
  get lastWords() {
    return this.#output.slice(-30)
  }

  /** A process that ends by itself has failed: it stays down, and the bench can't settle. */
  #start(role: Role) {
    const child = role === 'web' ? startBuilt('web', [], this.env) : startBuilt('ace', ['queue:work'], this.env)
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output.push(
          ...text
            .split('\n')
            .filter(Boolean)
            .map((line) => `${role}: ${line.slice(0, 600)}`)
        )
        this.#output.splice(0, this.#output.length - 300)
      })
    }
    this.#running[role] = child
  }
}
