import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@adonisjs/core/logger'
import { SlotStore, type Reservation, type Slots } from '#notifications/pace/slots'

/** Each question to a Redis that is away takes time, so the database is kept to for so long before the next one. */
const UNASKED_MS = 5_000

/**
 * Redis first, the database while Redis does not answer. The two know nothing of each other's slots, so whoever
 * changes over keeps silent for a second first.
 */
export class FallbackSlots extends SlotStore {
  #current: SlotStore
  #askAgainAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly first: SlotStore,
    private readonly second: SlotStore,
    private readonly logger: Logger,
    private readonly now: () => number = () => performance.now()
  ) {
    super()
    this.#current = first
  }

  async reserve(reservation: Reservation): Promise<Slots> {
    if (this.now() < this.#askAgainAt) return this.#reserveFrom(this.second, reservation)
    try {
      const slots = await this.first.reserve(reservation)
      return this.#current === this.first ? slots : await this.#reserveFrom(this.first, reservation)
    } catch (error) {
      this.#askAgainAt = this.now() + UNASKED_MS
      if (this.#current === this.first) {
        this.logger.warn({ err: error }, 'Redis does not answer; the pace towards Telegram is kept in the database')
      }
      return this.#reserveFrom(this.second, reservation)
    }
  }

  async pause(ms: number) {
    await Promise.allSettled([this.first.pause(ms), this.second.pause(ms)])
  }

  async #reserveFrom(store: SlotStore, reservation: Reservation) {
    if (this.#current !== store) {
      await sleep(1000)
      this.#current = store
    }
    return store.reserve(reservation)
  }
}
