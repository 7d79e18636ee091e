const WINDOW_MS = 10_000

/** Messages a second over the last ten seconds. */
export class RateMeter {
  #samples: Array<{ done: number; at: number }> = []

  /** Undefined until two moments are known, or after a run began anew. */
  measure(done: number, at: number): number | undefined {
    const last = this.#samples.at(-1)
    if (last && done < last.done) this.#samples = []
    this.#samples.push({ done, at })
    this.#samples = this.#samples.filter((sample) => at - sample.at <= WINDOW_MS)
    const first = this.#samples[0]
    return at > first.at ? ((done - first.done) / (at - first.at)) * 1000 : undefined
  }
}
