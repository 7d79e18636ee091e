/** The same numbers in the same order on every machine (mulberry32), so that sample data is repeatable. */
export class SampleRandom {
  constructor(private state = 20260101) {}

  /** From 0 to below 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from 0 to below the limit. */
  below(limit: number) {
    return Math.floor(this.next() * limit)
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]
  }

  chance(share: number) {
    return this.next() < share
  }
}
