import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'
import Customer from '#customers/models/customer'
import { granted } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import { sameBet, type BetInput } from '#markets/betting/bet_input'
import { quoteOf, refuseOddsMoved } from '#markets/betting/bet_quote'
import { checkExposure, checkMarket, checkStake, haveMoved, wishOf, type BetWish } from '#markets/betting/bet_rules'
import { readBetTerms, termsOf, type BetTerms } from '#markets/betting/bet_terms'
import type { Exposures } from '#markets/betting/exposure'
import { TrackRecords } from '#markets/bettors/track_records'
import Bet from '#markets/models/bet'
import type Bettor from '#markets/models/bettor'
import Market from '#markets/models/market'
import MarketPosition from '#markets/models/market_position'
import type { PricedStake } from '#markets/pricing/books'

/** A bet that may be taken, by all that is known before the money and the house's row are locked. */
export interface Admitted {
  now: number
  customer: Customer
  market: Market
  bettor: Bettor
  position: MarketPosition | null
  terms: BetTerms
  /** Its granted points are not locked yet: they may be others when the stake is paid. */
  wish: BetWish
  /** Before the bet; the house's is not known yet. */
  exposures: Exposures
  bet: PricedStake
}

type Facts = Omit<Admitted, 'now' | 'customer' | 'bet'>

/** The rules that every bet passes. */
@inject()
export class BetAdmission {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private records: TrackRecords,
    private ledger: Ledger
  ) {}

  /**
   * Locks the market, then the customer's record. Answers the earlier bet of the same key as `earlier`, whatever has
   * become of the market. Refuses as `PlaceBet` does, but for the balance and the limit of the whole house.
   */
  async admit(trx: Trx, input: BetInput) {
    const terms = await readBetTerms(this.settings, trx)
    const market = await Market.query({ client: trx }).where('reference', input.market).forUpdate().first()
    const made = await Bet.query({ client: trx }).where('key', input.key).first()
    if (made) {
      const same = sameBet(made, market, input)
      return same.ok ? ok({ earlier: same.value, admitted: null }) : same
    }
    if (!terms.isEnabled) return refuse('markets_off')
    const now = this.clock.now()
    const open = checkMarket(market, now)
    if (!open.ok) return open
    const customer = await Customer.query({ client: trx }).where('id', input.customerId).forShare().first()
    if (!customer) return refuse('customer_not_found')
    if (customer.isBanned) return refuse('customer_banned')

    const facts = await this.#facts(trx, input, open.value, terms)
    const bet = this.#judge(input.shownOdds, facts)
    if (!bet.ok) return bet
    return ok({ earlier: null, admitted: { ...facts, now, customer, bet: bet.value } satisfies Admitted })
  }

  /** What the customer has bet so far, here and elsewhere, with their record locked. */
  async #facts(trx: Trx, { customerId, outcome, stake }: BetInput, market: Market, terms: BetTerms): Promise<Facts> {
    const bettor = await this.records.lock(trx, customerId)
    const position = await MarketPosition.query({ client: trx }).where({ marketId: market.id, customerId }).first()
    const free = await this.ledger.balance(trx, granted(customerId))
    const wish = wishOf(outcome, stake, position, free)
    const exposures = { customer: bettor.exposure, market: market.exposure, house: 0n }
    return { market, bettor, position, terms: termsOf(market, terms), wish, exposures }
  }

  #judge(shownOdds: number, { market, terms, wish, exposures }: Facts): Result<PricedStake> {
    const fits = checkStake(wish, terms)
    if (!fits.ok) return fits
    const quote = quoteOf(market, wish.outcome, wish.stake, terms)
    if (haveMoved(shownOdds, quote, terms)) return refuseOddsMoved(quote, shownOdds)
    return checkExposure(market, wish, exposures, terms)
  }
}
