import type { Clock } from '#core/clock'

/** A claim that its holder knows of. `fence` grows with each holder: write it beside what only the latest may change. */
export class Lease {
  #expiresAt: number

  constructor(
    readonly name: string,
    readonly holder: string,
    readonly fence: number,
    expiresAt: number,
    private readonly clock: Clock
  ) {
    this.#expiresAt = expiresAt
  }

  /** By this process's clock: ask before each effect, since a stalled process outlives its lease unawares. */
  get isHeld() {
    return this.clock.now() < this.#expiresAt
  }

  get expiresAt() {
    return this.#expiresAt
  }

  /** A lease that has run out stays so: its holder may have stopped some work already. */
  extend(expiresAt: number) {
    if (this.isHeld) this.#expiresAt = expiresAt
  }

  lose() {
    this.#expiresAt = Number.NEGATIVE_INFINITY
  }
}
