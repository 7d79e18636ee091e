import { Clock } from '#core/clock'

/** A clock that stands still until told. */
export class TestClock extends Clock {
  constructor(private present = Date.UTC(2026, 5, 1, 12)) {
    super()
  }

  now() {
    return this.present
  }

  advance(ms: number) {
    this.present += ms
    return this.present
  }

  moveTo(instant: number) {
    this.present = instant
  }
}

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
