import { setTimeout as sleep } from 'node:timers/promises'

/** Wakes the sender's loops when something has changed for them. */
export class Bell {
  #rung = Promise.withResolvers<void>()
  #count = 0

  /** Read it before looking at the state that `wait` shall watch. */
  get count() {
    return this.#count
  }

  ring() {
    this.#count++
    this.#rung.resolve()
    this.#rung = Promise.withResolvers()
  }

  /** Until the bell has rung since `seen` was read, or `signal` aborts. */
  async wait(seen: number, signal: AbortSignal) {
    if (signal.aborted || this.#count !== seen) return
    const abort = () => this.ring()
    signal.addEventListener('abort', abort, { once: true })
    await this.#rung.promise
    signal.removeEventListener('abort', abort)
  }
}

/** Sleeps until the time is over or `signal` aborts. */
export const rest = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {})
