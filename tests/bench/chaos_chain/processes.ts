import type { ChildProcess } from 'node:child_process'
import { startBuilt } from '#tests/bench/support/build'
import { endProcess } from '#tests/support/processes'

const COMMANDS = { listener: ['chain:listen'], worker: ['queue:work', '--no-sender'] }
export type Role = keyof typeof COMMANDS

/** The listener and the worker of one installation, from the build; whoever is killed is started again at once. */
export class ChainProcesses {
  readonly kills: Record<Role, number> = { listener: 0, worker: 0 }
  readonly #running = new Map<Role, ChildProcess>()
  #output: string[] = []

  constructor(private readonly env: Record<string, string>) {}

  start() {
    for (const role of Object.keys(COMMANDS) as Role[]) this.#start(role)
  }

  /** kill -9, whatever it is doing. */
  async kill(role: Role) {
    await endProcess(this.#running.get(role)!, 'SIGKILL')
    this.kills[role]++
    this.#start(role)
  }

  async stop() {
    await Promise.all([...this.#running.values()].map((child) => endProcess(child, 'SIGKILL')))
  }

  /** The last lines that they wrote, for whoever looks for a cause. */
  get lastWords() {
    return this.#output.slice(-40)
  }

  #start(role: Role) {
    const child = startBuilt('ace', COMMANDS[role], this.env)
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        const lines = text.split('\n').filter(Boolean)
        this.#output.push(...lines.map((line) => `${role}: ${line.slice(0, 600)}`))
        this.#output.splice(0, this.#output.length - 300)
      })
    }
    this.#running.set(role, child)
  }
}
