const START = 500
const MAX = 5_000
/** A limit that was met is tried again after so many answers: it may have been a busy moment. */
const PATIENCE = 50

/** How many blocks to ask for at once: half after a refusal, what the node offers instead, slowly more again. */
export class RangeSize {
  #blocks: number
  #ceiling = MAX
  #answers = 0

  constructor(start = START) {
    this.#blocks = start
  }

  get blocks() {
    return this.#blocks
  }

  answered() {
    if (++this.#answers >= PATIENCE) {
      this.#answers = 0
      this.#ceiling = Math.min(MAX, this.#ceiling * 2)
    }
    this.#blocks = Math.min(this.#ceiling, this.#blocks + Math.max(1, Math.floor(this.#blocks / 10)))
  }

  /** `blocks` were too many. False: it was one already, and nothing smaller can be asked for. */
  refused(blocks: number, suggested: number | null = null) {
    const smaller = suggested !== null && suggested < blocks ? suggested : Math.floor(blocks / 2)
    this.#blocks = Math.max(1, smaller)
    this.#ceiling = Math.max(1, suggested !== null && suggested < blocks ? suggested : blocks - 1)
    this.#answers = 0
    return blocks > 1
  }

  /** No answer at all: perhaps it would have taken too long. */
  unanswered() {
    this.#blocks = Math.max(1, Math.floor(this.#blocks / 2))
  }
}
