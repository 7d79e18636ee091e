import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import { rankOf } from '#markets/bettors/ranks'
import type { SettledBet } from '#markets/bettors/settled_bet'
import type Bet from '#markets/models/bet'
import Bettor from '#markets/models/bettor'
import type Market from '#markets/models/market'

/** What customers' bets add up to: statistics, rank, streaks, and with them missions and the leaderboard. */
@inject()
export class TrackRecords {
  constructor(private clock: Clock) {}

  /** Locked until the transaction ends; opened at the first call. */
  async lock(trx: Trx, customerId: number): Promise<Bettor> {
    const row = { customer_id: customerId, updated_at: this.clock.now() }
    await trx.knexQuery().table('bettors').insert(row).onConflict('customer_id').ignore()
    return Bettor.query({ client: trx }).where('customerId', customerId).forUpdate().firstOrFail()
  }

  /** In the transaction that takes the bet; `bettor` as `lock` answered. */
  async betPlaced(_trx: Trx, bettor: Bettor, bet: Bet, market: Market) {
    bettor.bets += 1
    bettor.openBets += 1
    bettor.staked += bet.stake
    if (market.pricingMode.locksOdds) bettor.exposure += bet.potential - bet.stake
    bettor.firstBetAt ??= bet.createdAt
    bettor.lastBetAt = bet.createdAt
    bettor.updatedAt = this.clock.now()
    await bettor.save()
  }

  /** In the transaction that pays them; `at` is when the settlement began, which decides the leaderboard's periods. */
  async betsSettled(trx: Trx, market: Market, _at: number, bets: readonly SettledBet[]) {
    for (const bet of bets) {
      const bettor = await this.lock(trx, bet.customerId)
      bettor.openBets -= 1
      if (market.pricingMode.locksOdds) bettor.exposure -= bet.potential - bet.stake
      if (bet.status === 'refunded') bettor.refunds += 1
      else {
        bettor.volume += bet.stake
        bettor.returned += bet.payout
        if (bet.status === 'won') bettor.wins += 1
        else bettor.losses += 1
        bettor.streak = bet.status === 'won' ? bettor.streak + 1 : 0
        bettor.bestStreak = Math.max(bettor.bestStreak, bettor.streak)
        bettor.rank = rankOf(bettor.wins)
      }
      await bettor.save()
    }
  }

  /** Undoes `betsSettled`, once the bets are open again: `at` as it was called with then. */
  async betsReversed(trx: Trx, market: Market, _at: number, bets: readonly SettledBet[]) {
    for (const bet of bets) {
      const bettor = await this.lock(trx, bet.customerId)
      bettor.openBets += 1
      if (market.pricingMode.locksOdds) bettor.exposure += bet.potential - bet.stake
      await bettor.save()
    }
  }
}
