import { ControlError } from '#sandbox/errors'
import { nameFor } from '#sandbox/state/names'
import type { Chat, Customer, User } from '#sandbox/state/types'

/** Customers `from`..`to` who exist without an object each. `blockedEvery: 50` makes every fiftieth one a blocker. */
export interface CustomerRange {
  from: number
  to: number
  started?: boolean
  blockedEvery?: number
  deactivatedEvery?: number
}

export type NewCustomer = Partial<Omit<Customer, 'is_bot'>>

/** Stars that everybody begins with. */
const FIRST_STARS = 10_000

/** Everybody the sandbox knows. */
export class Customers {
  #known = new Map<number, Customer>()
  #ranges: CustomerRange[] = []
  #nextId = 500_000_001

  find(id: number): Customer | undefined {
    return this.#known.get(id) ?? this.#fromRange(id)
  }

  /** Whatever the case it is written in. Usernames of a range are made of the customer's id. */
  findByUsername(username: string): Customer | undefined {
    const wanted = username.toLowerCase()
    const ranged = /^customer_(\d+)$/.exec(wanted)
    const candidate = ranged ? this.find(Number(ranged[1])) : undefined
    if (candidate?.username?.toLowerCase() === wanted) return candidate
    return [...this.#known.values()].find((customer) => customer.username?.toLowerCase() === wanted)
  }

  /** The customer as an object of its own, so that changes to it stay. */
  get(id: number): Customer {
    const customer = this.find(id)
    if (!customer) throw new ControlError(404, `The sandbox knows no customer ${id}: create it first.`)
    this.#known.set(id, customer)
    return customer
  }

  /** Adds a customer, or changes the one with this id. */
  save(fields: NewCustomer): Customer {
    const id = fields.id ?? this.#nextId++
    if (!Number.isSafeInteger(id) || id <= 0) throw new ControlError(422, 'A customer id is a positive integer.')
    const customer: Customer = {
      first_name: `Customer ${id}`,
      ...(this.find(id) ?? { started: true, blocked: false, deactivated: false, listed: true, stars: FIRST_STARS }),
      ...fields,
      id,
      is_bot: false,
    }
    this.#known.set(id, customer)
    return customer
  }

  addRange(range: CustomerRange): void {
    if (!(range.from > 0 && range.to >= range.from)) {
      throw new ControlError(422, 'A range needs positive ids, `from` not above `to`.')
    }
    this.#ranges.push(range)
  }

  /** Customers with an object of their own, in the order of creation. */
  all(): IterableIterator<Customer> {
    return this.#known.values()
  }

  get ranges(): readonly CustomerRange[] {
    return this.#ranges
  }

  restore(customers: Customer[], ranges: CustomerRange[]): void {
    for (const customer of customers)
      this.#known.set(customer.id, { ...customer, stars: customer.stars ?? FIRST_STARS })
    this.#ranges = ranges
  }

  clear(): void {
    this.#known.clear()
    this.#ranges = []
  }

  #fromRange(id: number): Customer | undefined {
    const range = this.#ranges.find(({ from, to }) => id >= from && id <= to)
    if (!range) return undefined
    return {
      id,
      is_bot: false,
      ...nameFor(id),
      started: range.started ?? true,
      blocked: isEvery(range.blockedEvery, id),
      deactivated: isEvery(range.deactivatedEvery, id),
      listed: false,
      stars: FIRST_STARS,
    }
  }
}

/** The part of a customer that a bot gets to see. */
export function publicUser(user: User): User {
  return {
    id: user.id,
    is_bot: user.is_bot,
    first_name: user.first_name,
    ...(user.last_name && { last_name: user.last_name }),
    ...(user.username && { username: user.username }),
    ...(user.language_code && { language_code: user.language_code }),
  }
}

export function privateChat(user: User): Chat {
  return {
    id: user.id,
    first_name: user.first_name,
    ...(user.last_name && { last_name: user.last_name }),
    ...(user.username && { username: user.username }),
    type: 'private',
  }
}

function isEvery(step: number | undefined, id: number): boolean {
  return step !== undefined && step > 0 && id % step === 0
}
