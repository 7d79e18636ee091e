import { opposite, type Outcome, type PricingMode } from '#markets/values'
import type { Act } from '#tests/support/markets/search/acts'
import { gainOf, most, sum, worstOf, type Taken } from '#tests/support/markets/search/taken'

/** Where bets are taken: the rules alone, or the product. */
export interface House {
  /** How each of them is priced. */
  markets: readonly PricingMode[]
  customers: number
  /** Of a pool. */
  feePoints: number
  /** Gives a customer points for nothing. */
  grant(customer: number, amount: bigint): Promise<void>
  /** Answers what was promised and which part of the stake was bought, or the largest stake taken instead: 0 for none. */
  bet(
    customer: number,
    market: number,
    outcome: Outcome,
    stake: bigint
  ): Promise<{ potential: bigint; bought: bigint } | { most: bigint }>
  /** The market is settled and begins anew. */
  end(market: number): Promise<void>
}

export interface Limits {
  least: bigint
  customer: bigint
  market: bigint
  house: bigint
}

const MUCH = 10n ** 12n

/** Customers who play together, and how far they get: told bet by bet, not from the house's own books. */
export class Conspiracy {
  #open: Taken[] = []
  #problems: string[] = []
  /** How near they came to the limit of the whole house: by all points, and by bought ones alone. */
  highest = 0n
  highestOfBought = 0n

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
    if (act.kind === 'grant') return this.house.grant(act.who % this.house.customers, act.amount)
    const on = act.on % this.house.markets.length
    if (act.kind === 'end') return this.#end(on, act.outcome)
    const who = act.who % this.house.customers
    if (act.kind === 'bet') return this.#bet(who, on, act.outcome, act.stake)
    if (act.kind === 'launder') return this.#launder(who, act.partner % this.house.customers, on, act)
    await this.#most(who, on, act.outcome)
    if (act.kind === 'pump')
      await this.#bet(act.partner % this.house.customers, on, opposite(act.outcome), this.limits.least)
  }

  async #launder(who: number, partner: number, on: number, { outcome, stake }: { outcome: Outcome; stake: bigint }) {
    await this.house.grant(who, stake)
    await this.#most(who, on, outcome, stake)
    await this.#most(partner, on, opposite(outcome))
  }

  async #most(customer: number, market: number, outcome: Outcome, upTo = MUCH) {
    for (let stake = upTo; stake > 0n;) stake = await this.#bet(customer, market, outcome, stake)
  }

  /** Answers what would be taken instead, which is less. */
  async #bet(customer: number, market: number, outcome: Outcome, stake: bigint): Promise<bigint> {
    const answer = await this.house.bet(customer, market, outcome, stake)
    if ('most' in answer) return answer.most
    this.#open.push({ customer, market, outcome, stake, ...answer })
    return 0n
  }

  async #end(market: number, outcome: Outcome | null) {
    const gain = outcome
      ? gainOf(this.#betsOn(market), outcome, this.house.markets[market], this.house.feePoints)
      : this.#worstOf(market)
    this.#check('a market that ended', most([gain.all, gain.bought]), this.limits.market)
    this.#open = this.#open.filter((bet) => bet.market !== market)
    await this.house.end(market)
  }

  #look() {
    const worst = this.house.markets.map((_, market) => this.#worstOf(market))
    for (const [market, { all, bought }] of worst.entries()) {
      this.#check(`market ${market}`, all, this.limits.market)
      this.#check(`bought points of market ${market}`, bought, this.limits.market)
    }
    const [all, bought] = [sum(worst.map((each) => each.all)), sum(worst.map((each) => each.bought))]
    this.#check('all markets', all, this.limits.house)
    this.#check('bought points of all markets', bought, this.limits.house)
    this.highest = most([this.highest, all])
    this.highestOfBought = most([this.highestOfBought, bought])
    for (let customer = 0; customer < this.house.customers; customer++) this.#lookAt(customer)
  }

  #lookAt(customer: number) {
    const promised = this.#open.filter(
      (bet) => bet.customer === customer && this.house.markets[bet.market] === 'fixed_odds'
    )
    const risk = sum(promised.map(({ potential, stake }) => potential - stake))
    this.#check(`customer ${customer}`, risk, this.limits.customer)
  }

  #worstOf = (market: number) => worstOf(this.#betsOn(market), this.house.markets[market], this.house.feePoints)

  #betsOn = (market: number) => this.#open.filter((bet) => bet.market === market)

  #check(what: string, loss: bigint, limit: bigint) {
    if (loss > limit) this.#problems.push(`${what}: ${loss} where ${limit} is the limit`)
  }
}
