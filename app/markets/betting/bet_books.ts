import type { Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import type { Admitted } from '#markets/betting/bet_admission'
import type { BetInput } from '#markets/betting/bet_input'
import Bet from '#markets/models/bet'
import type Market from '#markets/models/market'
import MarketPosition from '#markets/models/market_position'
import { booksWith, type Books, type PricedStake } from '#markets/pricing/books'

/** The rows that a bet makes and changes beside the money. */
export class BetBooks {
  /** The market's pools and what it may cost the house, and the customer's side of it. */
  async enter(trx: Trx, { market, bettor, position, bet }: Admitted) {
    if (bet.outcome === 'YES') market.yesBets += 1
    else market.noBets += 1
    if (!position) market.bettors += 1
    await this.#save(market, booksWith(market, bet))

    const own = position ?? new MarketPosition().useTransaction(trx).merge(emptyPosition(market.id, bettor.customerId))
    const { bets, stake, potential } = own
    await own
      .merge({ outcome: bet.outcome, bets: bets + 1, stake: stake + bet.stake, potential: potential + bet.potential })
      .save()
  }

  /** Once the stake was paid by other parts than were expected: `before` are the books without it. */
  async correct(market: Market, before: Books, bet: PricedStake) {
    await this.#save(market, booksWith(before, bet))
  }

  async #save(market: Market, books: Books) {
    await market.merge(books).merge({ exposure: market.worstCase }).save()
  }

  /** Still to be stored, once the stake is paid. */
  draft(trx: Trx, { key, source }: BetInput, { now, market, bettor, bet }: Admitted): Bet {
    return new Bet().useTransaction(trx).merge({
      reference: newReference(),
      key,
      marketId: market.id,
      customerId: bettor.customerId,
      outcome: bet.outcome,
      status: 'open',
      stake: bet.stake,
      odds: market.pricingMode.locksOdds ? bet.odds : null,
      potential: bet.potential,
      payout: null,
      yesPool: market.yesPool,
      noPool: market.noPool,
      source,
      settlementId: null,
      settlementTransferId: null,
      createdAt: now,
      settledAt: null,
    })
  }
}

const emptyPosition = (marketId: number, customerId: number) => ({
  ...{ marketId, customerId },
  ...{ bets: 0, stake: 0n, potential: 0n },
})
