import { checkExposure, checkStake } from '#markets/betting/bet_rules'
import type { BetTerms } from '#markets/betting/bet_terms'
import { booksWith, worstCaseOf, type Books } from '#markets/pricing/books'
import type { Outcome } from '#markets/values'
import type { House } from '#tests/support/markets/search/conspiracy'
import { pred } from '#tests/support/markets/world'

const EMPTY: Books = { pricing: 'fixed_odds', yesPool: 0n, noPool: 0n, yesPotential: 0n, noPotential: 0n }

interface Table {
  books: Books
  sides: Map<number, Outcome>
  /** Potential less stake, by customer. */
  risks: Map<number, bigint>
}

/** The product's rules without its database: thousands of games in seconds. */
export class HouseOfRules implements House {
  #tables: Table[]

  constructor(
    private terms: BetTerms,
    readonly markets: number,
    readonly customers: number
  ) {
    this.#tables = Array.from({ length: markets }, emptyTable)
  }

  async bet(customer: number, market: number, outcome: Outcome, stake: bigint) {
    const table = this.#tables[market]
    // What a customer may stake in a market is without limit here: it could only make the game tamer.
    const wish = { outcome, stake, side: table.sides.get(customer) ?? null, staked: 0n }
    const fits = checkStake(wish, this.terms)
    if (!fits.ok) return { most: fits.refusal.code === 'stake_too_large' ? this.terms.maxStake : 0n }
    const exposures = {
      customer: this.#tables.reduce((total, { risks }) => total + (risks.get(customer) ?? 0n), 0n),
      market: worstCaseOf(table.books),
      house: this.#tables.reduce((total, { books }) => total + worstCaseOf(books), 0n),
    }
    const checked = checkExposure(table.books, wish, exposures, this.terms)
    if (!checked.ok) return { most: pred(checked.refusal.params!.most).minor }
    table.books = booksWith(table.books, checked.value)
    table.sides.set(customer, outcome)
    table.risks.set(customer, (table.risks.get(customer) ?? 0n) + checked.value.potential - stake)
    return { potential: checked.value.potential }
  }

  async end(market: number) {
    this.#tables[market] = emptyTable()
  }
}

const emptyTable = (): Table => ({ books: EMPTY, sides: new Map(), risks: new Map() })
