/**
 * Second line of defence behind the slots: a process that stalls would write several calls at once, and a window
 * that begins with them would hold more than a second's worth. No sliding second holds more than `rate` calls that
 * this process knows of. Times are those of a monotonic clock, milliseconds.
 */
export class WriteGate {
  readonly #writes: number[] = []

  /** The moment from which the next call may be written. */
  opensAt(rate: number): number {
    const room = Math.max(1, Math.floor(rate))
    return this.#writes.length < room ? 0 : this.#writes[this.#writes.length - room] + WINDOW_MS
  }

  /** Calls of other processes are entered at their slots, which may lie before the latest or still ahead. */
  written(moment: number) {
    let place = this.#writes.length
    while (place > 0 && this.#writes[place - 1] > moment) place--
    this.#writes.splice(place, 0, moment)
    if (this.#writes.length > MEMORY) this.#writes.splice(0, this.#writes.length - MEMORY / 2)
  }
}

/** A little more than a second: two calls need not travel equally long. */
const WINDOW_MS = 1002
const MEMORY = 4000
