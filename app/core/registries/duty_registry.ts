import { Duties, type Duty } from '#core/contracts/duties'

export class DutyRegistry extends Duties {
  readonly #duties = new Map<string, Duty>()

  register(duty: Duty) {
    this.#duties.set(duty.name, duty)
  }

  all() {
    return [...this.#duties.values()]
  }
}
