import { type Clock } from '#core/clock'

interface Entry {
  value: Promise<unknown>
  until: number
}

/**
 * Numbers of the dashboard, remembered in this process: what is asked at once is counted once, and what can't change
 * any more (the count of a day that is over) is kept.
 */
export class Memory {
  readonly #entries = new Map<string, Entry>()

  constructor(
    private readonly clock: Clock,
    private readonly capacity = 2000
  ) {}

  /** The value of `key`, made by `count` when it is unknown or older than `milliseconds`. A failure is not kept. */
  remember<T>(key: string, milliseconds: number, count: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key)
    if (known && this.clock.now() < known.until) return known.value as Promise<T>

    const value = count()
    this.#entries.delete(key)
    this.#entries.set(key, { value, until: this.clock.now() + milliseconds })
    value.catch(() => this.#entries.delete(key))
    this.#dropOldest()
    return value
  }

  forget() {
    this.#entries.clear()
  }

  #dropOldest() {
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > this.capacity) this.#entries.delete(oldest)
  }
}
