import { inject } from '@adonisjs/core'
import { allOrNothing } from '#core/database/all_or_nothing'
import type { Trx } from '#core/database/transaction'
import { ok, type Result } from '#core/result'
import { oweReward } from '#customers/referral/owe_reward'
import { system } from '#ledger/accounts'
import { Ledger } from '#ledger/ledger'
import type { Spent } from '#ledger/posting/spender'
import { BetAdmission, type Admitted } from '#markets/betting/bet_admission'
import { BetBooks } from '#markets/betting/bet_books'
import type { BetInput } from '#markets/betting/bet_input'
import { checkExposure } from '#markets/betting/bet_rules'
import { HouseExposure } from '#markets/betting/house_exposure'
import { TrackRecords } from '#markets/bettors/track_records'
import type Bet from '#markets/models/bet'
import { booksOf } from '#markets/pricing/books'

/**
 * Takes a bet: stake, pools, the customer's record and what the house may lose, in one transaction. The same key again
 * answers the bet it made.
 *
 * Refuses with `markets_off`, `market_not_found`, `market_not_open {status}`, `market_ended`, `customer_not_found`,
 * `customer_banned`, `stake_too_small {min}`, `stake_too_large {max}`, `other_side {outcome}`, `odds_moved` (with the
 * new `quote`), `customer_stake_limit`, `customer_exposure_limit`, `market_exposure_limit` or `global_exposure_limit` (each with `{limit, most,
 * possible}`), `insufficient_funds` or `idempotency_conflict`.
 */
@inject()
export class PlaceBet {
  constructor(
    private admission: BetAdmission,
    private books: BetBooks,
    private records: TrackRecords,
    private ledger: Ledger,
    private house: HouseExposure
  ) {}

  async handle(input: BetInput): Promise<Result<Bet>> {
    return allOrNothing(async (trx) => {
      const asked = await this.admission.admit(trx, input)
      if (!asked.ok) return asked
      const { earlier, admitted } = asked.value
      return earlier ? ok(earlier) : this.#take(trx, input, admitted)
    })
  }

  /**
   * Money comes late: the house's account and its exposure are locked by every bet there is. Only then it is certain
   * which part of the stake was bought: where other points came in meanwhile, the bet is judged again.
   */
  async #take(trx: Trx, input: BetInput, admitted: Admitted): Promise<Result<Bet>> {
    const { market, customer, bettor, terms, wish, exposures } = admitted
    const [before, isFirst] = [booksOf(market), bettor.firstBetAt === null]
    await this.books.enter(trx, admitted)
    const bet = this.books.draft(trx, input, admitted)
    await this.records.betPlaced(trx, bettor, bet, market)

    const spent = await this.#stake(trx, input, bet)
    if (!spent.ok) return spent
    const { granted, bought, id: stakeTransferId } = spent.value
    const paid = { ...wish, free: granted.minor }
    if (bought.minor !== admitted.bet.bought) {
      const judged = checkExposure(before, paid, exposures, terms)
      if (!judged.ok) return judged
      await this.books.correct(market, before, judged.value)
    }
    await bet.merge({ granted: granted.minor, bought: bought.minor, stakeTransferId }).save()
    if (isFirst && customer.referrerId !== null) await this.#oweReward(trx, bet, spent.value)

    const used = await this.house.addWithin(trx, market.exposure - exposures.market, terms.globalExposure)
    if (used === null) return ok(bet)
    return checkExposure(before, paid, { ...exposures, house: used }, terms) as Result<never>
  }

  #stake(trx: Trx, { customerId, key, stake, actor }: BetInput, { reference }: Bet): Promise<Result<Spent>> {
    return this.ledger.spend(trx, {
      kind: 'bet',
      key: `bet:${key}`,
      customerId,
      amount: stake,
      to: system('house', 'PRED'),
      reference: { type: 'bet', id: reference },
      actor,
    })
  }

  #oweReward(trx: Trx, { id, customerId }: Bet, { bought }: Spent) {
    return oweReward(trx, { invitedId: customerId, cause: { type: 'bet', id }, purchase: bought })
  }
}
