import { opposite, OUTCOMES, type Outcome } from '#markets/values'
import type { Act } from '#tests/support/markets/search/acts'

/** Where bets are taken: the rules alone, or the product. */
export interface House {
  markets: number
  customers: number
  /** Answers what was promised, or the largest stake that would be taken instead: 0 for none. */
  bet(
    customer: number,
    market: number,
    outcome: Outcome,
    stake: bigint
  ): Promise<{ potential: bigint } | { most: bigint }>
  /** The market is settled and begins anew. */
  end(market: number): Promise<void>
}

export interface Limits {
  least: bigint
  customer: bigint
  market: bigint
  house: bigint
}

interface Taken {
  customer: number
  market: number
  outcome: Outcome
  stake: bigint
  potential: bigint
}

const MUCH = 10n ** 12n

/** Customers who play together, and how far they get: told bet by bet, not from the house's own books. */
export class Conspiracy {
  #open: Taken[] = []
  #problems: string[] = []
  /** How near they came to the limit of the whole house. */
  highest = 0n

  constructor(
    private house: House,
    private limits: Limits
  ) {}

  /** What the house let happen that its limits forbid. */
  async play(acts: readonly Act[]): Promise<string[]> {
    for (const act of acts) {
      await this.#do(act)
      this.#look()
    }
    return this.#problems
  }

  async #do(act: Act) {
    const on = act.on % this.house.markets
    if (act.kind === 'end') return this.#end(on, act.outcome)
    const who = act.who % this.house.customers
    if (act.kind === 'bet') return this.#bet(who, on, act.outcome, act.stake)
    await this.#most(who, on, act.outcome)
    if (act.kind === 'pump')
      await this.#bet(act.partner % this.house.customers, on, opposite(act.outcome), this.limits.least)
  }

  async #most(customer: number, market: number, outcome: Outcome) {
    for (let stake = MUCH; stake > 0n;) stake = await this.#bet(customer, market, outcome, stake)
  }

  /** Answers what would be taken instead, which is less. */
  async #bet(customer: number, market: number, outcome: Outcome, stake: bigint): Promise<bigint> {
    const answer = await this.house.bet(customer, market, outcome, stake)
    if ('most' in answer) return answer.most
    this.#open.push({ customer, market, outcome, stake, potential: answer.potential })
    return 0n
  }

  async #end(market: number, outcome: Outcome | null) {
    const [yes, no] = OUTCOMES.map((each) => this.#lossOf(market, each))
    const loss = outcome ? this.#lossOf(market, outcome) : yes > no ? yes : no
    this.#check('a market that ended', loss, this.limits.market)
    this.#open = this.#open.filter((bet) => bet.market !== market)
    await this.house.end(market)
  }

  #look() {
    let all = 0n
    for (let market = 0; market < this.house.markets; market++) {
      const worst = OUTCOMES.map((outcome) => this.#lossOf(market, outcome)).reduce((a, b) => (a > b ? a : b), 0n)
      this.#check(`market ${market}`, worst, this.limits.market)
      all += worst
    }
    this.#check('all markets', all, this.limits.house)
    if (all > this.highest) this.highest = all
    for (let customer = 0; customer < this.house.customers; customer++) {
      const own = this.#open.filter((bet) => bet.customer === customer)
      this.#check(
        `customer ${customer}`,
        sum(own.map(({ potential, stake }) => potential - stake)),
        this.limits.customer
      )
    }
  }

  /** Paid out less taken in. */
  #lossOf(market: number, result: Outcome): bigint {
    const bets = this.#open.filter((bet) => bet.market === market)
    return sum(bets.map(({ outcome, stake, potential }) => (outcome === result ? potential : 0n) - stake))
  }

  #check(what: string, loss: bigint, limit: bigint) {
    if (loss > limit) this.#problems.push(`${what}: ${loss} where ${limit} is the limit`)
  }
}

const sum = (values: bigint[]) => values.reduce((total, value) => total + value, 0n)
