import type { Result } from '#core/result'
import { refusalText } from '#admin/shared/words'

/** How a bulk action went: what was done, and why the rest was not. */
export class BulkOutcome {
  #done = 0
  readonly #refused = new Map<string, number>()

  add(result: Result<unknown>) {
    if (result.ok) this.#done++
    else {
      const why = refusalText(result.refusal)
      this.#refused.set(why, (this.#refused.get(why) ?? 0) + 1)
    }
  }

  get done() {
    return this.#done
  }

  /** Kind and text for `session.flash`. */
  flash(done: (count: number) => string): ['success' | 'warning', string] {
    const refused = [...this.#refused].map(([why, count]) => `${count} ×: ${why}`)
    return [this.#done > 0 ? 'success' : 'warning', [done(this.#done), ...refused].join(' ')]
  }
}
