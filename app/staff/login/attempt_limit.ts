import { createHash } from 'node:crypto'
import limiter from '@adonisjs/limiter/services/main'

export interface AttemptRules {
  name: string
  /** Attempts within `window` before the first block. */
  attempts: number
  /** Seconds. */
  window: number
  /** Seconds of the first block within a day; each further one is twice as long. */
  firstBlock: number
  /** Seconds. */
  longestBlock: number
}

const DAY = 86_400

/**
 * Counts attempts before they are made, so that a thousand of them sent at once are no way around, and blocks for
 * longer each time.
 */
export class AttemptLimit {
  constructor(private rules: AttemptRules) {}

  /** Seconds to wait; 0 lets the attempt be made. `blocked` tells that this attempt caused the block. */
  async take(subject: string): Promise<{ seconds: number; blocked: boolean }> {
    const attempts = this.#attempts()
    const key = this.#key(subject)
    const { consumed } = await attempts.increment(key)
    if (consumed <= this.rules.attempts) return { seconds: 0, blocked: false }
    if (consumed > this.rules.attempts + 1) return { seconds: await attempts.availableIn(key), blocked: false }

    const seconds = await this.#nextBlock(subject)
    await attempts.block(key, seconds)
    return { seconds, blocked: true }
  }

  /** A success: what failed before it is forgotten, and so are the blocks. */
  async forget(subject: string) {
    await this.#attempts().delete(this.#key(subject))
    await this.#blocks().delete(this.#key(subject, 'blocks'))
  }

  /** A success that must not make others' failures forgotten: only this attempt is given back. */
  async giveBack(subject: string) {
    await this.#attempts().decrement(this.#key(subject))
  }

  async #nextBlock(subject: string) {
    const { consumed } = await this.#blocks().increment(this.#key(subject, 'blocks'))
    return Math.min(this.rules.firstBlock * 2 ** (consumed - 1), this.rules.longestBlock)
  }

  #attempts() {
    return limiter.use({ requests: this.rules.attempts, duration: this.rules.window })
  }

  #blocks() {
    return limiter.use({ requests: 1_000, duration: DAY })
  }

  /** Hashed: the store has short keys and needs no addresses of people. */
  #key(subject: string, counter = 'attempts') {
    const hash = createHash('sha256').update(subject).digest('base64url')
    return `${this.rules.name}:${counter}:${hash}`
  }
}
