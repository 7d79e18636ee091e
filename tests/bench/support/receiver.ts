import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Arrival, Habits } from './receiver_process.js'

export type { Arrival }

/** Handle of a Bot API server in a process of its own. */
export class ReceiverProcess {
  #child: ChildProcess
  url = ''

  constructor() {
    this.#child = fork(new URL('./receiver_process.ts', import.meta.url), {
      execArgv: [],
      serialization: 'advanced',
      env: { ...process.env, NODE_OPTIONS: '' },
    })
  }

  async start() {
    const [{ port }] = (await once(this.#child, 'message')) as [{ port: number }]
    this.url = `http://127.0.0.1:${port}`
    return this
  }

  async behave(habits: Habits) {
    await this.#ask({ habits })
  }

  async reset() {
    await this.#ask({ reset: true })
  }

  async count(): Promise<number> {
    const { count } = await this.#ask<{ count: number }>({ count: true })
    return count
  }

  async arrivals(): Promise<Arrival[]> {
    const { arrivals } = await this.#ask<{ arrivals: Arrival[] }>({ report: true })
    return arrivals
  }

  stop() {
    this.#child.kill()
  }

  async #ask<T>(message: object): Promise<T> {
    this.#child.send(message)
    const [answer] = await once(this.#child, 'message')
    return answer as T
  }
}
