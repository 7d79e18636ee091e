import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'
import { newReference } from '#core/reference'
import { CustomerFactory } from '#database/factories/customer_factory'
import { firstMissionRows } from '#database/first_missions'
import type { SettledBet } from '#markets/bettors/settled_bet'
import { TrackRecords } from '#markets/bettors/track_records'
import Bet from '#markets/models/bet'
import Bettor from '#markets/models/bettor'
import Market from '#markets/models/market'
import MarketCategory from '#markets/models/market_category'
import Mission from '#markets/models/mission'
import MissionProgress from '#markets/models/mission_progress'
import type { Outcome, PricingMode } from '#markets/values'
import { resetDatabase } from '#tests/support/database'
import { TestClock } from '#tests/support/test_clock'

const CATEGORIES = ['crypto', 'sports', 'politics', 'tech']

export interface Settled {
  market: Market
  at: number
  bets: SettledBet[]
}

/** Bets and their track records without the money: what a settlement does to bets is done by hand. */
export class BettorsWorld {
  clock = new TestClock()
  #keys = 0

  async setup() {
    await resetDatabase()
    this.clock = new TestClock()
    app.container.swap(Clock, () => this.clock)
    await db.table('missions').multiInsert(firstMissionRows(1))
    for (const [index, slug] of CATEGORIES.entries())
      await MarketCategory.create({
        ...{ slug, emoji: '🪙', names: { en: slug }, position: index + 1, createdAt: 1, updatedAt: 1 },
      })
  }

  teardown() {
    app.container.restore(Clock)
  }

  make<T>(dependency: new (...args: any[]) => T): Promise<T> {
    return app.container.make(dependency) as Promise<T>
  }

  customer(columns: Parameters<typeof CustomerFactory.merge>[0] = {}) {
    return CustomerFactory.merge(columns).create()
  }

  async market(category = 'tech', pricing: PricingMode = 'fixed_odds') {
    const { id: categoryId } = await MarketCategory.findByOrFail('slug', category)
    const now = this.clock.now()
    const market = await Market.create({
      ...{ reference: newReference(), categoryId, title: 'Will it?', description: '', searchTitle: 'will it?' },
      ...{ status: 'active', pricing, endsAt: now + 1000, createdByName: 'Olena', createdAt: now, updatedAt: now },
    })
    return market.refresh()
  }

  /** PRED in minor units. */
  async bet(
    market: Market,
    customerId: number,
    { stake = 10_000n, potential = 20_000n, outcome = 'YES' as Outcome } = {}
  ) {
    const records = await this.make(TrackRecords)
    return transaction(async (trx) => {
      const bettor = await records.lock(trx, customerId)
      const bet = await Bet.create(
        {
          ...{ reference: newReference(), key: `test:${++this.#keys}`, marketId: market.id, customerId, outcome },
          ...{ status: 'open', stake, granted: stake, bought: 0n, odds: market.pricingMode.locksOdds ? 200 : null },
          ...{ potential, yesPool: 0n, noPool: 0n, source: 'bot', stakeTransferId: 1, createdAt: this.clock.now() },
        },
        { client: trx }
      )
      await records.betPlaced(trx, bettor, bet, market)
      return bet
    })
  }

  /** Settles its open bets in one batch; null refunds them. */
  async settle(market: Market, result: Outcome | null): Promise<Settled> {
    const records = await this.make(TrackRecords)
    const at = this.clock.advance(1)
    return transaction(async (trx) => {
      const open = await Bet.query({ client: trx })
        .where({ marketId: market.id, status: 'open' })
        .orderBy('customerId')
        .orderBy('id')
      const bets = open.map((bet) => settledAs(bet, result))
      for (const [index, bet] of open.entries())
        await bet.merge({ status: bets[index].status, payout: bets[index].payout, settledAt: at }).save()
      await records.betsSettled(trx, market, at, bets)
      return { market, at, bets }
    })
  }

  async reverse({ market, at, bets }: Settled) {
    const records = await this.make(TrackRecords)
    this.clock.advance(1)
    await transaction(async (trx) => {
      const ids = bets.map(({ betId }) => betId)
      await trx.from('bets').whereIn('id', ids).update({ status: 'open', payout: null, settled_at: null })
      await records.betsReversed(trx, market, at, bets)
    })
  }

  /** A market of their own that they win or lose. */
  async decided(customerId: number, isWon: boolean, input: { stake?: bigint; potential?: bigint } = {}) {
    const market = await this.market()
    await this.bet(market, customerId, input)
    return this.settle(market, isWon ? 'YES' : 'NO')
  }

  async wins(customerId: number, count: number) {
    for (let each = 0; each < count; each++) await this.decided(customerId, true)
  }

  bettor(customerId: number) {
    return Bettor.findOrFail(customerId)
  }

  async progress(customerId: number, code: string) {
    const mission = await Mission.findByOrFail('code', code)
    return MissionProgress.query().where({ customerId, missionId: mission.id }).first()
  }

  async completed(customerId: number): Promise<string[]> {
    const rows = await MissionProgress.query()
      .where('customerId', customerId)
      .whereNotNull('completedAt')
      .preload('mission')
    return rows.map(({ mission }) => mission.code).sort()
  }
}

function settledAs(bet: Bet, result: Outcome | null): SettledBet {
  const status = result === null ? 'refunded' : bet.outcome === result ? 'won' : 'lost'
  const payout = { won: bet.potential, lost: 0n, refunded: bet.stake }[status]
  const { id: betId, customerId, stake, potential } = bet
  return { betId, customerId, status, stake, potential, payout }
}
