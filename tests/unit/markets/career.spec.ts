import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { firstMissionRows } from '#database/first_missions'
import type Customer from '#customers/models/customer'
import { ClaimMission } from '#markets/actions/claim_mission'
import { TakeSnapshot } from '#markets/actions/take_snapshot'
import { periodsOf } from '#markets/leaderboard/periods'
import LeaderboardScore from '#markets/models/leaderboard_score'
import MissionProgress from '#markets/models/mission_progress'
import { Settlements } from '#markets/settlement/settlements'
import { accepted } from '#tests/support/ledger'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { DAY, HOUR } from '#tests/support/test_clock'

/** Sunday, an hour before the week ends. */
const LATE = Date.UTC(2026, 5, 7, 23)

test.group('From a bet to a reward', (group) => {
  const world = new SettlingWorld()
  group.each.setup(async () => {
    await world.setup()
    await db.table('missions').multiInsert(firstMissionRows(1))
    world.clock.moveTo(LATE)
    return () => world.teardown()
  })

  const completed = async ({ id }: Customer) => {
    const rows = await MissionProgress.query().where('customerId', id).whereNotNull('completedAt').preload('mission')
    return rows.map(({ mission }) => mission.code).sort()
  }
  const claim = async ({ id }: Customer, code: string) => {
    const action = await world.make(ClaimMission)
    const actor = { type: 'customer' as const, id, name: 'Ann' }
    return action.handle({ customerId: id, mission: { code }, key: `claim:${id}:${code}`, actor })
  }

  test('the first bet of somebody who was invited rewards both, by free points too', async ({ assert }) => {
    const referrer = await world.customer({ bought: '0' })
    const invited = await world.customer({ bought: '0', free: '100', referrerId: referrer.id })
    await world.taken(invited, await world.market(), 'YES', 10)
    assert.deepEqual(await completed(invited), ['BET_CRYPTO', 'FIRST_BET'])
    assert.equal(await world.rewardReferrers(), 1)
    assert.deepEqual(await completed(referrer), ['REFERRAL'])
    assert.deepEqual(await world.purse(referrer), { bought: 0n, free: 50_000n })
    accepted(await claim(referrer, 'REFERRAL'))
    assert.deepEqual(await world.purse(referrer), { bought: 0n, free: 250_000n })
    assert.deepEqual(await world.ledgerFaults(), [])
  })

  test('a bet that is refused moves no mission and no statistics', async ({ assert }) => {
    const poor = await world.customer({ bought: '1' })
    const refused = await world.bet(poor, await world.market(), 'YES', 50)
    assert.isFalse(refused.ok)
    assert.lengthOf(await MissionProgress.all(), 0)
    assert.lengthOf(await db.from('bettors').where('bets', '>', 0), 0)
  })

  test('scores belong to the week in which the settlement began, however late its bets are settled', async ({
    assert,
  }) => {
    const winner = await world.customer()
    const market = await world.market()
    await world.taken(winner, market, 'YES', 100)
    world.clock.advance(HOUR - 1)
    const { settlement } = accepted(await world.resolve(market, 'YES'))
    world.clock.advance(DAY)
    const take = await world.make(TakeSnapshot)
    assert.containSubset(await take.handle({ week: '2026-W23' }), { refusal: { code: 'week_still_counting' } })

    const settlements = await world.make(Settlements)
    await settlements.run(settlement.id)
    const scores = await LeaderboardScore.query().orderBy('period')
    assert.deepEqual(scores.map(({ period }) => period).sort(), periodsOf(LATE).sort())
    assert.isTrue(scores.every(({ profit, wins, volume }) => profit === 10_000n && wins === 1 && volume === 10_000n))
    assert.containSubset(await take.handle({ week: '2026-W23' }), { value: { places: 1, reward: 500_000n } })
    assert.deepEqual(await world.purse(winner), { bought: 110_000n, free: 500_000n })
    assert.deepEqual(await world.ledgerFaults(), [])
  })

  test('a reversal takes back figures, scores and unclaimed missions, and leaves what was claimed', async ({
    assert,
  }) => {
    const winner = await world.customer()
    for (let count = 0; count < 2; count++) {
      const market = await world.market()
      await world.taken(winner, market, 'YES', 10)
      await world.done(world.resolve(market, 'YES'))
    }
    const third = await world.market()
    await world.taken(winner, third, 'YES', 10)
    await world.done(world.resolve(third, 'YES'))
    assert.containSubset(await world.record(winner), { wins: 3, streak: 3 })
    assert.include(await completed(winner), 'WIN_STREAK_3')
    accepted(await claim(winner, 'FIRST_BET'))

    await world.done(world.reverse(third))
    assert.containSubset(await world.record(winner), { wins: 2, streak: 2, bestStreak: 2, openBets: 1 })
    assert.notInclude(await completed(winner), 'WIN_STREAK_3')
    assert.include(await completed(winner), 'FIRST_BET')
    assert.containSubset(await claim(winner, 'WIN_STREAK_3'), { refusal: { code: 'mission_not_completed' } })
    const [score] = await LeaderboardScore.query().where('period', 'all')
    assert.containSubset(score, { wins: 2, volume: 2000n })

    await world.done(world.resolve(third, 'NO'))
    assert.containSubset(await world.record(winner), { wins: 2, losses: 1, streak: 0, bestStreak: 2, openBets: 0 })
    assert.deepEqual(await world.ledgerFaults(), [])
  })
})
