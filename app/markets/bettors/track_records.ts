import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import type { Trx } from '#core/database/transaction'
import { changesOf } from '#markets/bettors/bettor_changes'
import { addToBettors, lockBettors, subtractFromBettors } from '#markets/bettors/bettor_rows'
import type { SettledBet } from '#markets/bettors/settled_bet'
import { recountStreaks } from '#markets/bettors/streak_rows'
import { addScores } from '#markets/leaderboard/scores'
import { Missions } from '#markets/missions/missions'
import type Bet from '#markets/models/bet'
import Bettor from '#markets/models/bettor'
import type Market from '#markets/models/market'

/** What customers' bets add up to: statistics, rank, streaks, and with them missions and the leaderboard. */
@inject()
export class TrackRecords {
  constructor(
    private clock: Clock,
    private missions: Missions
  ) {}

  /** Locked until the transaction ends; opened at the first call. */
  async lock(trx: Trx, customerId: number): Promise<Bettor> {
    const bettor = () => Bettor.query({ client: trx }).where('customerId', customerId).forUpdate()
    const known = await bettor().first()
    if (known) return known
    const row = { customer_id: customerId, updated_at: this.clock.now() }
    await trx.knexQuery().table('bettors').insert(row).onConflict('customer_id').ignore()
    return bettor().firstOrFail()
  }

  /** In the transaction that takes the bet; `bettor` as `lock` answered. */
  async betPlaced(trx: Trx, bettor: Bettor, bet: Bet, market: Market) {
    bettor.bets += 1
    bettor.openBets += 1
    bettor.staked += bet.stake
    if (market.pricingMode.locksOdds) bettor.exposure += bet.potential - bet.stake
    bettor.firstBetAt ??= bet.createdAt
    bettor.lastBetAt = bet.createdAt
    bettor.updatedAt = this.clock.now()
    await bettor.save()
    await this.missions.follow(trx, 'bet_placed', [
      { customerId: bettor.customerId, categoryId: market.categoryId, stake: bet.stake },
    ])
  }

  /**
   * In the transaction that pays them, before accounts are locked; `at` is when the settlement began, which decides
   * the leaderboard's periods. Bets of one customer count in the order given.
   */
  async betsSettled(trx: Trx, market: Market, at: number, bets: readonly SettledBet[]) {
    if (bets.length === 0) return
    const changes = changesOf(bets, market.pricingMode.locksOdds)
    await this.#lockAll(trx, changes)
    await addToBettors(trx, changes, this.clock.now())
    await addScores(trx, changes, at)
    await this.missions.follow(trx, 'bets_settled', changes)
  }

  /** Undoes `betsSettled`, once the bets are open again: `at` and `bets` as it was called with then. */
  async betsReversed(trx: Trx, market: Market, at: number, bets: readonly SettledBet[]) {
    if (bets.length === 0) return
    const changes = changesOf(bets, market.pricingMode.locksOdds)
    await this.#lockAll(trx, changes)
    await subtractFromBettors(trx, changes, this.clock.now())
    await recountStreaks(trx, idsOf(changes.filter(({ wins, losses }) => wins + losses > 0)))
    await addScores(trx, changes, at, -1)
    await this.missions.takeBack(trx, 'bets_settled', changes)
  }

  #lockAll(trx: Trx, changes: ReadonlyArray<{ customerId: number }>) {
    return lockBettors(trx, idsOf(changes), this.clock.now())
  }
}

const idsOf = (changes: ReadonlyArray<{ customerId: number }>) => changes.map(({ customerId }) => customerId)
