import fc from 'fast-check'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { transaction } from '#core/database/transaction'
import { rankOf } from '#markets/bettors/ranks'
import { TrackRecords } from '#markets/bettors/track_records'
import { periodsOf } from '#markets/leaderboard/periods'
import Bet from '#markets/models/bet'
import LeaderboardScore from '#markets/models/leaderboard_score'
import { BettorsWorld, type Settled } from '#tests/support/markets/bettors_world'

test.group('Track records', (group) => {
  const world = new BettorsWorld()
  group.each.timeout(180_000)
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('a bet that is placed counts at once, a settled one as it ended', async ({ assert }) => {
    const { id } = await world.customer()
    const [won, lost, refunded] = [await world.market(), await world.market(), await world.market()]
    for (const market of [won, lost, refunded]) await world.bet(market, id)
    assert.containSubset(await world.bettor(id), { bets: 3, openBets: 3, staked: 30_000n, exposure: 30_000n })

    await world.settle(won, 'YES')
    await world.settle(lost, 'NO')
    await world.settle(refunded, null)
    assert.containSubset(await world.bettor(id), {
      ...{ bets: 3, openBets: 0, exposure: 0n, wins: 1, losses: 1, refunds: 1, streak: 0, bestStreak: 1 },
      ...{ volume: 20_000n, returned: 20_000n, rank: 'bronze' },
    })
  })

  test('a streak goes on over markets, ends with a loss, and a refund leaves it alone', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 2)
    const refunded = await world.market()
    await world.bet(refunded, id)
    await world.settle(refunded, null)
    await world.wins(id, 1)
    assert.containSubset(await world.bettor(id), { streak: 3, bestStreak: 3 })
    await world.decided(id, false)
    await world.wins(id, 1)
    assert.containSubset(await world.bettor(id), { streak: 1, bestStreak: 3 })
  })

  test('the eleventh win makes silver, and taking it back makes bronze again', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 10)
    assert.containSubset(await world.bettor(id), { rank: 'bronze' })
    const eleventh = await world.decided(id, true)
    assert.containSubset(await world.bettor(id), { rank: 'silver' })
    await world.reverse(eleventh)
    assert.containSubset(await world.bettor(id), { rank: 'bronze' })
  })

  test('many bets of many customers in one batch', async ({ assert }) => {
    const people = [await world.customer(), await world.customer(), await world.customer()]
    const market = await world.market()
    for (const { id } of people.slice(0, 2)) for (let count = 0; count < 3; count++) await world.bet(market, id)
    await world.bet(market, people[2].id, { outcome: 'NO' })
    await world.settle(market, 'YES')

    for (const { id } of people.slice(0, 2))
      assert.containSubset(await world.bettor(id), { wins: 3, streak: 3, bestStreak: 3 })
    assert.containSubset(await world.bettor(people[2].id), { losses: 1, streak: 0 })
  })

  test('settlements of the same customers at once lose nothing', async ({ assert }) => {
    const people = await Promise.all(Array.from({ length: 5 }, () => world.customer()))
    const markets = await Promise.all(Array.from({ length: 6 }, () => world.market()))
    for (const market of markets) for (const { id } of people) await world.bet(market, id)
    await Promise.all(markets.map((market) => world.settle(market, 'YES')))
    for (const { id } of people)
      assert.containSubset(await world.bettor(id), { openBets: 0, wins: 6, streak: 6, bestStreak: 6, exposure: 0n })
  })

  test('whatever is settled and reversed, the row is what the bets that stay settled add up to', async ({ assert }) => {
    const step = fc.record({
      what: fc.constantFrom('bet', 'bet', 'settle', 'settle', 'reverse'),
      customer: fc.nat(2),
      market: fc.nat(3),
      result: fc.constantFrom('YES', 'YES', 'NO', null),
      stake: fc.bigInt(100n, 5000n),
      gain: fc.bigInt(0n, 5000n),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        await world.setup()
        const people = [await world.customer(), await world.customer(), await world.customer()]
        const markets = [
          ...[await world.market('crypto'), await world.market('sports')],
          ...[await world.market('tech', 'parimutuel'), await world.market()],
        ]
        const settled: Settled[] = []
        for (const { what, customer, market, result, stake, gain } of steps) {
          if (what === 'bet') await world.bet(markets[market], people[customer].id, { stake, potential: stake + gain })
          if (what === 'settle') settled.push(await world.settle(markets[market], result as 'YES' | 'NO' | null))
          if (what === 'reverse' && settled.length > 0)
            await world.reverse(settled.splice(market % settled.length, 1)[0])
        }
        for (const { id } of people) await assertAddsUp(id)
        await assertScores(settled)
      }),
      { numRuns: 15, endOnFailure: true }
    )

    async function assertAddsUp(customerId: number) {
      const row = await db.from('bettors').where('customer_id', customerId).first()
      if (!row) return
      const bets = await Bet.query().where('customerId', customerId)
      const decided = bets
        .filter(({ status }) => status === 'won' || status === 'lost')
        .sort((one, other) => one.settledAt! - other.settledAt! || one.id - other.id)
      const open = bets.filter(({ status }) => status === 'open')
      let [streak, best] = [0, 0]
      for (const { status } of decided) {
        streak = status === 'won' ? streak + 1 : 0
        best = Math.max(best, streak)
      }
      const wins = decided.filter(({ status }) => status === 'won').length
      assert.containSubset(await world.bettor(customerId), {
        ...{ bets: bets.length, openBets: open.length, wins, losses: decided.length - wins, streak, bestStreak: best },
        refunds: bets.filter(({ status }) => status === 'refunded').length,
        rank: rankOf(wins),
        volume: sum(decided, (bet) => bet.stake),
        returned: sum(decided, (bet) => bet.payout!),
        staked: sum(bets, (bet) => bet.stake),
        exposure: sum(open, (bet) => (bet.odds === null ? 0n : bet.potential - bet.stake)),
      })
    }

    async function assertScores(settled: Settled[]) {
      for (const score of await LeaderboardScore.all()) {
        const bets = settled
          .filter(({ at }) => periodsOf(at).includes(score.period))
          .flatMap((each) => each.bets)
          .filter(({ customerId, status }) => customerId === score.customerId && status !== 'refunded')
        assert.equal(
          score.profit,
          sum(bets, (bet) => bet.payout - bet.stake)
        )
        assert.equal(
          score.volume,
          sum(bets, (bet) => bet.stake)
        )
        assert.equal(score.wins, bets.filter(({ status }) => status === 'won').length)
      }
    }
  })

  test('a batch of a thousand takes a handful of statements', async ({ assert }) => {
    const people = await Promise.all(Array.from({ length: 20 }, () => world.customer()))
    const market = await world.market()
    const records = await world.make(TrackRecords)
    const bets = people.flatMap(({ id }, index) =>
      Array.from({ length: 50 }, (_each, count) => ({
        ...{ betId: index * 50 + count, customerId: id, status: 'won' as const, stake: 100n, potential: 200n },
        payout: 200n,
      }))
    )
    let queries = 0
    const count = () => void queries++
    await transaction(async (trx) => {
      ;(trx.knexClient as any).on('query', count)
      await records.betsSettled(trx, market, world.clock.now(), bets)
    })
    assert.isBelow(queries, 15)
    assert.containSubset(await world.bettor(people[0].id), { wins: 50 })
  })
})

const sum = <T>(items: T[], of: (item: T) => bigint) => items.reduce((total, item) => total + of(item), 0n)
