import { setTimeout as sleep } from 'node:timers/promises'
import logger from '@adonisjs/core/services/logger'
import { errors } from '@adonisjs/limiter'
import type { LimiterStoreContract } from '@adonisjs/limiter/types'

const PATIENCE_MS = 1_000
const AVOID_MS = 10_000

/** What the stores of one process know together: a store that failed is left alone for some seconds. */
export class Outage {
  #until = Number.NEGATIVE_INFINITY

  constructor(
    readonly patienceMs = PATIENCE_MS,
    private avoidMs = AVOID_MS
  ) {}

  get isOn() {
    return performance.now() < this.#until
  }

  begin(error: unknown) {
    if (!this.isOn) logger.warn({ err: error }, 'Limits are counted in the database: their store does not answer')
    this.#until = performance.now() + this.avoidMs
  }
}

/**
 * Counts in `preferred`, and in `reserve` while that one fails or keeps silent: a limit that can't be counted would
 * otherwise refuse every login and every update. Counts are not carried over from one to the other.
 */
export class FallbackStore implements LimiterStoreContract {
  constructor(
    private preferred: LimiterStoreContract,
    private reserve: LimiterStoreContract,
    private outage: Outage
  ) {}

  get name() {
    return this.preferred.name
  }

  get requests() {
    return this.preferred.requests
  }

  get duration() {
    return this.preferred.duration
  }

  get blockDuration() {
    return this.preferred.blockDuration
  }

  consume(key: string | number, amount?: number) {
    return this.#use((store) => store.consume(key, amount))
  }

  increment(key: string | number, amount?: number) {
    return this.#use((store) => store.increment(key, amount))
  }

  decrement(key: string | number, amount?: number) {
    return this.#use((store) => store.decrement(key, amount))
  }

  block(key: string | number, duration: string | number) {
    return this.#use((store) => store.block(key, duration))
  }

  set(key: string | number, requests: number, duration?: string | number) {
    return this.#use((store) => store.set(key, requests, duration))
  }

  delete(key: string | number) {
    return this.#use((store) => store.delete(key))
  }

  get(key: string | number) {
    return this.#use((store) => store.get(key))
  }

  clear() {
    return this.#use((store) => store.clear())
  }

  async #use<T>(work: (store: LimiterStoreContract) => Promise<T>): Promise<T> {
    if (this.outage.isOn) return work(this.reserve)
    try {
      return await this.#inTime(work(this.preferred))
    } catch (error) {
      if (error instanceof errors.E_TOO_MANY_REQUESTS) throw error
      this.outage.begin(error)
      return work(this.reserve)
    }
  }

  async #inTime<T>(answer: Promise<T>): Promise<T> {
    const { patienceMs } = this.outage
    const timer = new AbortController()
    const silence = sleep(patienceMs, undefined, { signal: timer.signal }).then(() => {
      throw new Error(`No answer in ${patienceMs} ms`)
    })
    silence.catch(() => {})
    try {
      return await Promise.race([answer, silence])
    } finally {
      timer.abort()
    }
  }
}
