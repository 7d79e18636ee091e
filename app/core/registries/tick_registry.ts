import { Ticks, type Tick } from '#core/contracts/ticks'

export class TickRegistry extends Ticks {
  readonly #ticks = new Map<string, Tick>()

  register(tick: Tick) {
    this.#ticks.set(tick.name, tick)
  }

  all() {
    return [...this.#ticks.values()]
  }
}
