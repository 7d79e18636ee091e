/** More in one day are forgotten and asked for again. */
const MOST = 100_000

/** Whose day was counted, as this process knows: the database is asked once a day for each customer. */
export class CountedDays {
  #day = 0
  readonly #customers = new Set<number>()

  has(customerId: number, day: number) {
    return day === this.#day && this.#customers.has(customerId)
  }

  add(customerId: number, day: number) {
    if (day !== this.#day || this.#customers.size >= MOST) this.#customers.clear()
    this.#day = day
    this.#customers.add(customerId)
  }
}
