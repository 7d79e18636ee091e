import { checkExposure, checkStake } from '#markets/betting/bet_rules'
import type { BetTerms } from '#markets/betting/bet_terms'
import { booksWith, worstCaseOf, type Books } from '#markets/pricing/books'
import { pricingOf } from '#markets/pricing/pricings'
import type { Outcome, PricingMode } from '#markets/values'
import { emptyBooks } from '#tests/support/markets/books'
import type { House } from '#tests/support/markets/search/conspiracy'
import { pred } from '#tests/support/markets/world'

interface Table {
  books: Books
  sides: Map<number, Outcome>
  /** Potential less stake, by customer. */
  risks: Map<number, bigint>
}

/** The product's rules without its database: thousands of games in seconds. Nobody runs out of bought points. */
export class HouseOfRules implements House {
  #tables: Table[]
  #free: bigint[]

  constructor(
    private terms: BetTerms,
    readonly markets: readonly PricingMode[],
    readonly customers: number
  ) {
    this.#tables = markets.map((pricing) => this.#newTable(pricing))
    this.#free = Array.from({ length: customers }, () => 0n)
  }

  get feePoints() {
    return this.terms.feePoints
  }

  async grant(customer: number, amount: bigint) {
    this.#free[customer] += amount
  }

  async bet(customer: number, market: number, outcome: Outcome, stake: bigint) {
    const table = this.#tables[market]
    // What a customer may stake in a market is without limit here: it could only make the game tamer.
    const wish = { outcome, stake, side: table.sides.get(customer) ?? null, staked: 0n, free: this.#free[customer] }
    const fits = checkStake(wish, this.terms)
    if (!fits.ok) return { most: fits.refusal.code === 'stake_too_large' ? this.terms.maxStake : 0n }
    const exposures = {
      customer: this.#tables.reduce((total, { risks }) => total + (risks.get(customer) ?? 0n), 0n),
      market: worstCaseOf(table.books),
      house: this.#tables.reduce((total, { books }) => total + worstCaseOf(books), 0n),
    }
    const checked = checkExposure(table.books, wish, exposures, this.terms)
    if (!checked.ok) return { most: pred(checked.refusal.params!.most).minor }
    const { potential, bought } = checked.value
    table.books = booksWith(table.books, checked.value)
    table.sides.set(customer, outcome)
    if (pricingOf(table.books.pricing).locksOdds) {
      table.risks.set(customer, (table.risks.get(customer) ?? 0n) + potential - stake)
    }
    this.#free[customer] -= stake - bought
    return { potential, bought }
  }

  async end(market: number) {
    this.#tables[market] = this.#newTable(this.markets[market])
  }

  #newTable(pricing: PricingMode): Table {
    const { feePoints } = this.terms
    return { books: emptyBooks({ pricing, feePoints }), sides: new Map(), risks: new Map() }
  }
}
