import { Clock } from '#core/clock'

/** Stands where a story of sample data has come to. */
export class StoryClock extends Clock {
  at = 0

  now() {
    return this.at
  }
}
