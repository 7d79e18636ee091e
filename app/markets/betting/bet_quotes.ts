import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import { Money } from '#core/money/money'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'
import { granted, wallet } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import { insufficientFunds } from '#ledger/posting/refusals'
import { quoteOf, type BetQuote } from '#markets/betting/bet_quote'
import { checkExposure, checkMarket, checkStake, roomOf, wishOf } from '#markets/betting/bet_rules'
import { readBetTerms, termsOf } from '#markets/betting/bet_terms'
import { HouseExposure } from '#markets/betting/house_exposure'
import Bettor from '#markets/models/bettor'
import Market from '#markets/models/market'
import MarketPosition from '#markets/models/market_position'
import type { Outcome } from '#markets/values'

export interface QuoteInput {
  /** Its reference. */
  market: string
  customerId: number
  outcome: Outcome
  /** PRED. */
  stake: Money
}

/** What the customer may stake on a market as things stand. */
export interface StakeRange {
  least: Money
  /** Of one bet. */
  ofBet: Money
  /** Of one bet, with what the customer has bet on this market already; less than the least where nothing is left. */
  most: Money
  /** Granted and bought points together. */
  available: Money
}

/** For screens: read outside a transaction, and judged again when the bet is taken. */
@inject()
export class BetQuotes {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private ledger: Ledger,
    private house: HouseExposure
  ) {}

  /** Refuses as `PlaceBet` does, but for what was shown and for the key. */
  async quote({ market: reference, customerId, outcome, stake }: QuoteInput): Promise<Result<BetQuote>> {
    const terms = await readBetTerms(this.settings)
    if (!terms.isEnabled) return refuse('markets_off')
    const market = await Market.findBy('reference', reference)
    const open = checkMarket(market, this.clock.now())
    if (!open.ok) return open
    const customer = await Customer.find(customerId)
    if (!customer) return refuse('customer_not_found')
    if (customer.isBanned) return refuse('customer_banned')

    const own = termsOf(open.value, terms)
    const position = await MarketPosition.findBy({ marketId: open.value.id, customerId })
    const { free, available } = await this.#purse(customerId)
    const wish = wishOf(outcome, stake, position, free)
    const admitted = checkStake(wish, own)
    if (!admitted.ok) return admitted
    const bettor = await Bettor.find(customerId)
    const before = { customer: bettor?.exposure ?? 0n, market: open.value.exposure, house: await this.house.used(db) }
    const safe = checkExposure(open.value, wish, before, own)
    if (!safe.ok) return safe
    if (available.compare(stake) < 0) return insufficientFunds(available, stake)
    return ok(quoteOf(open.value, outcome, stake.minor, own))
  }

  async range(market: Market, customerId: number): Promise<StakeRange> {
    const terms = termsOf(market, await readBetTerms(this.settings))
    const position = await MarketPosition.findBy({ marketId: market.id, customerId })
    const room = roomOf(position?.stake ?? 0n, terms)
    return {
      least: Money.of(terms.minStake, 'PRED'),
      ofBet: Money.of(terms.maxStake, 'PRED'),
      most: Money.of(room < terms.maxStake ? room : terms.maxStake, 'PRED'),
      available: await this.available(customerId),
    }
  }

  /** What they can stake: granted and bought points. */
  async available(customerId: number): Promise<Money> {
    const { available } = await this.#purse(customerId)
    return available
  }

  async #purse(customerId: number) {
    const free = await this.ledger.balance(db, granted(customerId))
    return { free, available: free.add(await this.ledger.balance(db, wallet(customerId, 'PRED'))) }
  }
}
