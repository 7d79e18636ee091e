import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Settings } from '#core/contracts/settings'
import { transaction } from '#core/database/transaction'
import { newReference } from '#core/reference'
import { granted, system } from '#ledger/accounts'
import { TakeSnapshot } from '#markets/actions/take_snapshot'
import { periodOf, startOfPeriod } from '#markets/leaderboard/periods'
import { publicName } from '#markets/leaderboard/public_name'
import { rewardedMetric, rewardsIn, weeklyRewards } from '#markets/leaderboard/settings'
import LeaderboardPlace from '#markets/models/leaderboard_place'
import LeaderboardSnapshot from '#markets/models/leaderboard_snapshot'
import { BettorProfileQuery } from '#markets/queries/bettor_profile_query'
import { LeaderboardQuery, type LeaderboardInput } from '#markets/queries/leaderboard_query'
import { TakeSnapshots } from '#markets/ticks/take_snapshots'
import { balanceOf } from '#tests/support/ledger'
import { BettorsWorld } from '#tests/support/markets/bettors_world'
import { DAY, HOUR } from '#tests/support/test_clock'

/** A Wednesday, in the week 2026-W23 and the month 2026-06. */
const WEDNESDAY = Date.UTC(2026, 5, 3, 12)
const WEEK = 7 * DAY

const world = new BettorsWorld()
const setup = async () => {
  await world.setup()
  world.clock.moveTo(WEDNESDAY)
  return () => world.teardown()
}

test.group('Periods', () => {
  test('weeks are those of ISO 8601, months those of UTC', ({ assert }) => {
    const weeks = ['2025-12-29', '2026-01-01', '2026-01-04', '2026-01-05', '2026-12-31', '2027-01-03', '2024-12-30']
    assert.deepEqual(
      weeks.map((day) => periodOf('week', Date.parse(day))),
      ['2026-W01', '2026-W01', '2026-W01', '2026-W02', '2026-W53', '2026-W53', '2025-W01']
    )
    assert.equal(periodOf('month', Date.parse('2026-06-30T23:59:59.999Z')), '2026-06')
    assert.equal(periodOf('all', 0), 'all')
    for (let at = Date.UTC(2019, 11, 30); at < Date.UTC(2030, 0, 1); at += WEEK)
      assert.equal(startOfPeriod(periodOf('week', at)), at)
  })

  test('a name in public is a first name without what could be a link, or the beginning of the username', ({
    assert,
  }) => {
    assert.equal(publicName({ firstName: 'Олена', username: 'olena' }), 'Олена')
    assert.equal(publicName({ firstName: 'buy at t.me/spam <b>', username: null }), 'buy at t me spam b')
    assert.equal(publicName({ firstName: 'A'.repeat(60), username: null }), 'A'.repeat(20))
    assert.equal(publicName({ firstName: '🔥', username: 'firestarter' }), 'fir***')
    assert.equal(publicName({ firstName: '', username: null }), '')
  })

  test('rewards are a list of whole PRED', ({ assert }) => {
    assert.deepEqual(rewardsIn('5000, 300')?.map(String), ['5000.00 PRED', '300.00 PRED'])
    assert.deepEqual(rewardsIn(' '), [])
    for (const wrong of ['5000;3000', '0', '-5', '1.5', 'a', '5,,6', Array(101).fill('1').join(',')])
      assert.isNull(rewardsIn(wrong))
  })
})

test.group('Leaderboard', (group) => {
  group.each.setup(setup)

  const board = async (input: Partial<LeaderboardInput> = {}) => {
    const query = await world.make(LeaderboardQuery)
    return query.run({ period: 'week', metric: 'profit', ...input })
  }
  const people = async () => {
    const [ann, bob, cid] = await Promise.all(
      ['Ann', 'Bob', 'Cid'].map((firstName) => world.customer({ firstName, lastName: 'Secret' }))
    )
    await world.decided(ann.id, true, { stake: 100n, potential: 500n })
    await world.decided(bob.id, true, { stake: 1000n, potential: 1100n })
    await world.decided(bob.id, true, { stake: 1000n, potential: 1100n })
    await world.decided(cid.id, false, { stake: 5000n, potential: 9000n })
    return { ann, bob, cid }
  }
  const names = ({ rows }: { rows: Array<{ name: string }> }) => rows.map(({ name }) => name)

  test('by profit, wins and volume; only those above zero are listed, everybody learns their own place', async ({
    assert,
  }) => {
    const { ann, cid } = await people()
    assert.deepEqual(names(await board()), ['Ann', 'Bob'])
    assert.deepEqual(names(await board({ metric: 'wins' })), ['Bob', 'Ann'])
    assert.deepEqual(names(await board({ metric: 'volume' })), ['Cid', 'Bob', 'Ann'])
    const { own } = await board({ customerId: cid.id })
    assert.deepEqual(own, { place: 3, profit: -5000n, wins: 0, volume: 5000n })
    const mine = await board({ customerId: ann.id })
    assert.deepEqual(mine.own, { place: 1, profit: 400n, wins: 1, volume: 100n })
    const newcomer = await world.customer()
    const nobody = await board({ customerId: newcomer.id })
    assert.isNull(nobody.own)
  })

  test('the banned and the anonymised are left out, and nobody stands behind them', async ({ assert }) => {
    const { ann, bob } = await people()
    await ann.merge({ bannedAt: 1 }).save()
    assert.containSubset(await board({ customerId: bob.id }), { own: { place: 1 } })
    assert.containSubset(await board({ customerId: ann.id }), { own: null })
    await bob.merge({ anonymisedAt: 1 }).save()
    assert.deepEqual(names(await board()), [])
  })

  test('a new week begins empty, the month goes on, all time keeps everything', async ({ assert }) => {
    await people()
    world.clock.advance(WEEK)
    assert.deepEqual(names(await board()), [])
    assert.deepEqual(names(await board({ period: 'month' })), ['Ann', 'Bob'])
    world.clock.advance(4 * WEEK)
    assert.deepEqual(names(await board({ period: 'month' })), [])
    assert.deepEqual(names(await board({ period: 'all' })), ['Ann', 'Bob'])
  })

  test('pages go on where the one before ended', async ({ assert }) => {
    await people()
    const first = await board({ metric: 'volume', perPage: 2 })
    const second = await board({ metric: 'volume', perPage: 2, page: 2 })
    assert.isTrue(first.hasMorePages)
    assert.isFalse(second.hasMorePages)
    assert.deepEqual([names(second), second.rows[0].place], [['Ann'], 3])
  })

  test('a profile tells rank, what is missing to the next one, figures and places', async ({ assert }) => {
    const { ann } = await people()
    const query = await world.make(BettorProfileQuery)
    assert.containSubset(await query.run(ann.id), {
      ...{ rank: 'bronze', next: { rank: 'silver', winsLeft: 10 }, bets: 1, wins: 1, losses: 0, streak: 1 },
      missions: { completed: 1, toClaim: 1 },
    })
    assert.deepEqual(await query.places(ann.id), { all: 1, month: 1, week: 1 })
    const stranger = await world.customer()
    assert.containSubset(await query.run(stranger.id), { rank: 'bronze', bets: 0, next: { winsLeft: 11 } })
    assert.deepEqual(await query.places(stranger.id), { all: null, month: null, week: null })
  })
})

test.group('Snapshot of a week', (group) => {
  group.each.setup(setup)

  const set = async (definition: any, value: unknown) => {
    const settings = await app.container.make(Settings)
    await transaction((trx) => settings.set(trx, definition, value))
  }
  const take = async (week: string) => {
    const action = await world.make(TakeSnapshot)
    return action.handle({ week })
  }
  const tick = async () => {
    const ticks = await world.make(TakeSnapshots)
    await ticks.run(new AbortController().signal)
  }
  const settlement = async (columns = {}) => {
    const market = await world.market()
    const row = {
      ...{ reference: newReference(), market_id: market.id, kind: 'resolve', status: 'done', status_before: 'closed' },
      ...{ bets: 0, winners: 0, staked: 0, payout: 0, requested_by_name: 'Olena', created_at: WEDNESDAY },
      started_at: WEDNESDAY,
    }
    const [made] = await db
      .table('market_settlements')
      .insert({ ...row, ...columns })
      .returning('id')
    return typeof made === 'object' ? made.id : made
  }
  const winners = async () => {
    const found = []
    for (const potential of [900n, 500n, 200n]) {
      const customer = await world.customer()
      await world.decided(customer.id, true, { stake: 100n, potential })
      found.push(customer)
    }
    const loser = await world.customer()
    await world.decided(loser.id, false)
    return found
  }

  test('pays the first places once, tells them, and keeps what it was', async ({ assert }) => {
    const [first, second, third] = await winners()
    await set(weeklyRewards, '50, 20')
    assert.containSubset(await take('2026-W23'), { refusal: { code: 'week_not_over' } })
    world.clock.advance(WEEK)
    const taken = await take('2026-W23')
    assert.containSubset(taken, { ok: true, value: { places: 3, reward: 7000n, metric: 'profit' } })
    assert.containSubset(await take('2026-W23'), { refusal: { code: 'snapshot_taken' } })

    const balances = await Promise.all([first, second, third].map(({ id }) => balanceOf(granted(id))))
    assert.deepEqual(balances, [5000n, 2000n, 0n])
    assert.equal(await balanceOf(system('bonuses', 'PRED')), -7000n)
    const notices = await db.from('notifications').where('type', 'LEADERBOARD_REWARD').orderBy('id')
    assert.deepEqual(
      notices.map(({ customer_id: id }) => id),
      [first.id, second.id]
    )
    const places = await LeaderboardPlace.query().orderBy('place')
    assert.deepEqual(
      places.map(({ place, customerId, reward }) => [place, customerId, reward]),
      [
        [1, first.id, 5000n],
        [2, second.id, 2000n],
        [3, third.id, 0n],
      ]
    )
    const transfers = await db.from('ledger_transfers').where('kind', 'leaderboard_reward').orderBy('id')
    assert.deepEqual(
      places.map(({ transferId }) => transferId),
      [...transfers.map(({ id }) => id), null]
    )
  })

  test('two processes at once pay once', async ({ assert }) => {
    const [first] = await winners()
    world.clock.advance(WEEK)
    await Promise.all(Array.from({ length: 6 }, () => take('2026-W23')))
    assert.lengthOf(await LeaderboardSnapshot.all(), 1)
    assert.equal(await balanceOf(granted(first.id)), 500_000n)
  })

  test('by another metric, and without rewards where the setting is empty', async ({ assert }) => {
    await winners()
    await set(weeklyRewards, '')
    await set(rewardedMetric, 'volume')
    world.clock.advance(WEEK)
    assert.containSubset(await take('2026-W23'), { value: { places: 4, reward: 0n, metric: 'volume' } })
    assert.lengthOf(await db.from('ledger_transfers'), 0)
  })

  test('the tick waits ten minutes, and while bets of the week are settled or reversed', async ({ assert }) => {
    await winners()
    const running = await settlement({ status: 'running' })
    world.clock.moveTo(Date.UTC(2026, 5, 8, 0, 9))
    await tick()
    world.clock.moveTo(Date.UTC(2026, 5, 8, 0, 11))
    await tick()
    assert.lengthOf(await LeaderboardSnapshot.all(), 0)

    await db.from('market_settlements').where('id', running).update({ status: 'done' })
    const undoing = await settlement({
      ...{ kind: 'reverse', status: 'running', reverses_id: running, started_at: world.clock.now() },
    })
    await tick()
    assert.lengthOf(await LeaderboardSnapshot.all(), 0)
    await db.from('market_settlements').where('id', undoing).update({ status: 'done' })
    await settlement({ status: 'running', started_at: world.clock.now() })
    await tick()
    const [snapshot] = await LeaderboardSnapshot.all()
    assert.equal(snapshot.period, '2026-W23')
  })

  test('weeks that were missed are made up in their order, once each', async ({ assert }) => {
    await winners()
    await settlement()
    world.clock.advance(2 * WEEK)
    await winners()
    world.clock.advance(WEEK + HOUR)
    await tick()
    await tick()
    const snapshots = await LeaderboardSnapshot.query().orderBy('id')
    assert.deepEqual(
      snapshots.map(({ period, places }) => [period, places]),
      [
        ['2026-W23', 3],
        ['2026-W24', 0],
        ['2026-W25', 3],
      ]
    )
  })

  test('without a single settlement there is nothing to keep', async ({ assert }) => {
    await tick()
    assert.lengthOf(await LeaderboardSnapshot.all(), 0)
  })
})
