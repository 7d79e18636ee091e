const TOLERATED = 5
const FIRST_MS = 1_000
const LONGEST_MS = 30_000

/** While Telegram does not answer at all, rows must not use up their attempts: the sender falls silent, longer and longer. */
export class Outage {
  #failures = 0

  answered() {
    this.#failures = 0
  }

  /** Answers how long to be silent, 0 for not at all. `certain`: no connection, so no need for more evidence. */
  failed(certain: boolean): number {
    this.#failures = certain ? Math.max(TOLERATED, this.#failures + 1) : this.#failures + 1
    return this.#failures < TOLERATED ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (this.#failures - TOLERATED))
  }
}
