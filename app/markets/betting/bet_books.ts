import type { Trx } from '#core/database/transaction'
import { newReference } from '#core/reference'
import type { Admitted } from '#markets/betting/bet_admission'
import type { BetInput } from '#markets/betting/bet_input'
import Bet from '#markets/models/bet'
import MarketPosition from '#markets/models/market_position'
import { booksWith } from '#markets/pricing/books'

/** The rows that a bet makes and changes beside the money. */
export class BetBooks {
  /** The market's pools and what it may cost the house, and the customer's side of it. */
  async enter(trx: Trx, { market, bettor, position, bet }: Admitted) {
    const { yesPool, noPool, yesPotential, noPotential } = booksWith(market, bet)
    market.merge({ yesPool, noPool, yesPotential, noPotential })
    if (bet.outcome === 'YES') market.yesBets += 1
    else market.noBets += 1
    if (!position) market.bettors += 1
    await market.merge({ exposure: market.worstCase }).save()

    const own = position ?? new MarketPosition().useTransaction(trx).merge(emptyPosition(market.id, bettor.customerId))
    const { bets, stake, potential } = own
    await own
      .merge({ outcome: bet.outcome, bets: bets + 1, stake: stake + bet.stake, potential: potential + bet.potential })
      .save()
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
