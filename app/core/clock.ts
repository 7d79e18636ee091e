/** The only source of the present moment for domain code. */
export abstract class Clock {
  /** Milliseconds since the Unix epoch. */
  abstract now(): number
}

export class SystemClock extends Clock {
  now() {
    return Date.now()
  }
}
