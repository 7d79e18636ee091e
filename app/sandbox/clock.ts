/** The sandbox's present moment. Tests move it to get past the 48 hours of a deletion without waiting. */
export class SandboxClock {
  #offset = 0

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return Date.now() + this.#offset
  }

  /** Seconds since the Unix epoch, as dates in the Bot API. */
  seconds(): number {
    return Math.floor(this.now() / 1000)
  }

  advance(ms: number): void {
    this.#offset += ms
  }

  reset(): void {
    this.#offset = 0
  }
}
