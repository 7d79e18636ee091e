import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { transaction } from '#core/database/transaction'
import { FIRST_MISSIONS } from '#database/first_missions'
import { CONDITION_NAMES } from '#markets/missions/conditions'
import { Missions } from '#markets/missions/missions'
import Mission from '#markets/models/mission'
import { BettorsWorld } from '#tests/support/markets/bettors_world'

test.group('Missions', (group) => {
  const world = new BettorsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const notices = (customerId: number) =>
    db.from('notifications').where({ customer_id: customerId, type: 'MISSION_COMPLETED' }).orderBy('id')

  test('there are nineteen, in three languages, of conditions that exist', ({ assert }) => {
    assert.lengthOf(FIRST_MISSIONS, 19)
    assert.lengthOf([...new Set(FIRST_MISSIONS.map(({ code }) => code))], 19)
    for (const { condition, titles, descriptions } of FIRST_MISSIONS) {
      assert.include(CONDITION_NAMES, condition)
      assert.isTrue([...Object.values(titles), ...Object.values(descriptions)].every((words) => words.length > 2))
    }
    assert.equal(
      FIRST_MISSIONS.reduce((total, { reward }) => total + reward, 0),
      73_000
    )
  })

  test('the first bet completes its mission and the one of its category, and tells of it with a button', async ({
    assert,
  }) => {
    const { id } = await world.customer({ language: 'uk' })
    await world.bet(await world.market('crypto'), id)
    assert.deepEqual(await world.completed(id), ['BET_CRYPTO', 'FIRST_BET'])
    assert.equal((await world.progress(id, '5_BETS'))!.progress, 1)
    assert.isNull(await world.progress(id, 'BET_SPORTS'))

    const mission = await Mission.findByOrFail('code', 'FIRST_BET')
    const [notice] = await notices(id)
    const parsed = typeof notice.params === 'string' ? JSON.parse(notice.params) : notice.params
    const buttons = typeof notice.buttons === 'string' ? JSON.parse(notice.buttons) : notice.buttons
    assert.equal(notice.template, 'mission_completed')
    assert.containSubset(parsed, { emoji: '🎯', title: 'Перша ставка' })
    assert.deepEqual(buttons, [[{ action: 'claim_mission', id: mission.id }]])
    assert.equal((await world.progress(id, 'FIRST_BET'))!.reward, 50_000n)
  })

  test('a completed mission is told once, whatever comes after', async ({ assert }) => {
    const { id } = await world.customer()
    const market = await world.market()
    for (let count = 0; count < 6; count++) await world.bet(market, id)
    assert.deepEqual(await world.completed(id), ['5_BETS', 'FIRST_BET'])
    assert.lengthOf(await notices(id), 2)
  })

  test('a high roller stakes it in one bet, and volume counts whole PRED', async ({ assert }) => {
    const { id } = await world.customer()
    const market = await world.market()
    await world.bet(market, id, { stake: 99_999n })
    assert.notInclude(await world.completed(id), 'HIGH_ROLLER')
    assert.equal((await world.progress(id, 'VOLUME_10K'))!.progress, 999)
    await world.bet(market, id, { stake: 100_000n })
    assert.include(await world.completed(id), 'HIGH_ROLLER')
    await world.bet(market, id, { stake: 800_000n })
    assert.notInclude(await world.completed(id), 'VOLUME_10K')
    await world.bet(market, id, { stake: 1n })
    assert.include(await world.completed(id), 'VOLUME_10K')
  })

  test('wins, streaks and ranks follow settlements; a loss sets an unfinished streak back', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 2)
    await world.decided(id, false)
    assert.equal((await world.progress(id, 'WIN_STREAK_3'))!.progress, 0)
    await world.wins(id, 3)
    assert.include(await world.completed(id), 'WIN_STREAK_3')
    await world.decided(id, false)
    assert.equal((await world.progress(id, 'LUCKY_7'))!.progress, 5)
    await world.wins(id, 6)
    assert.includeMembers(await world.completed(id), ['LUCKY_7', 'WIN_STREAK_5', 'SILVER_RANK'])
    assert.notInclude(await world.completed(id), 'GOLD_RANK')
  })

  test('a reversal undoes what was not claimed, and it can be reached anew', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 2)
    const third = await world.decided(id, true)
    assert.include(await world.completed(id), 'WIN_STREAK_3')
    await world.reverse(third)
    assert.notInclude(await world.completed(id), 'WIN_STREAK_3')
    assert.containSubset(await world.progress(id, 'WIN_STREAK_3'), { progress: 2, completedAt: null, reward: null })
    await world.settle(third.market, 'YES')
    assert.include(await world.completed(id), 'WIN_STREAK_3')
  })

  test('a reversal that takes a loss away completes what it kept apart', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 2)
    const loss = await world.decided(id, false)
    await world.wins(id, 1)
    await world.reverse(loss)
    assert.containSubset(await world.bettor(id), { streak: 3, bestStreak: 3 })
    assert.include(await world.completed(id), 'WIN_STREAK_3')
  })

  test('what was claimed stays after a reversal', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 2)
    const third = await world.decided(id, true)
    const mine = (await world.progress(id, 'WIN_STREAK_3'))!
    await mine.merge({ claimedAt: world.clock.now() }).save()
    await world.reverse(third)
    assert.containSubset(await world.progress(id, 'WIN_STREAK_3'), { completedAt: mine.completedAt, reward: 150_000n })
  })

  test('a completed mission is kept as it was promised: no reversal measures it by {title}')
    .with<Array<{ title: string; code: string; columns: Partial<Mission>; wins: number }>>([
      { title: 'a higher target', code: 'LUCKY_7', columns: { target: 20 }, wins: 7 },
      { title: 'a longer streak', code: 'WIN_STREAK_3', columns: { target: 9 }, wins: 3 },
      { title: 'another rank', code: 'SILVER_RANK', columns: { parameters: { rank: 'diamond' } }, wins: 11 },
    ])
    .run(async ({ assert }, { code, columns, wins }) => {
      const { id } = await world.customer()
      const first = await world.decided(id, false)
      await world.wins(id, wins)
      const mission = await Mission.findByOrFail('code', code)
      await mission.merge(columns).save()
      const kept = await world.progress(id, code)
      await world.reverse(first)
      assert.containSubset(await world.progress(id, code), {
        completedAt: kept!.completedAt,
        reward: mission.reward,
      })

      const more = await world.decided(id, true)
      await world.reverse(more)
      assert.include(await world.completed(id), code)
    })

  test('a reversal under what was promised opens a mission that asks for more by now', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 6)
    const seventh = await world.decided(id, true)
    await Mission.query().where('code', 'LUCKY_7').update({ target: 20 })
    await world.reverse(seventh)
    assert.containSubset(await world.progress(id, 'LUCKY_7'), { progress: 6, completedAt: null, reward: null })
    await world.settle(seventh.market, 'YES')
    assert.notInclude(await world.completed(id), 'LUCKY_7')
  })

  test('a reversal leaves complete what a lower target still counts as reached', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 6)
    const seventh = await world.decided(id, true)
    await Mission.query().where('code', 'LUCKY_7').update({ target: 6 })
    const told = await notices(id)
    await world.reverse(seventh)
    assert.include(await world.completed(id), 'LUCKY_7')
    assert.lengthOf(await notices(id), told.length)
  })

  test('a mission that is switched off counts nothing; what it completed before stays', async ({ assert }) => {
    await Mission.query().where('code', 'FIRST_BET').update({ is_active: false })
    const { id } = await world.customer()
    await world.bet(await world.market(), id)
    assert.deepEqual(await world.completed(id), [])
    assert.isNull(await world.progress(id, 'FIRST_BET'))
    assert.isNotNull(await world.progress(id, '5_BETS'))
  })

  test('a lower target is reached by the next event, though the figure did not change', async ({ assert }) => {
    const { id } = await world.customer()
    await world.wins(id, 2)
    await Mission.query().where('code', 'LUCKY_7').update({ target: 2 })
    const missions = await world.make(Missions)
    await transaction((trx) => missions.follow(trx, 'bets_settled', [{ customerId: id }]))
    assert.include(await world.completed(id), 'LUCKY_7')
  })
})
