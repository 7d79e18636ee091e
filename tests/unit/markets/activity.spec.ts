import { test } from '@japa/runner'
import { RecordActivity } from '#markets/actions/record_activity'
import Mission from '#markets/models/mission'
import { BettorsWorld } from '#tests/support/markets/bettors_world'
import { DAY, HOUR } from '#tests/support/test_clock'

test.group('Days with activity', (group) => {
  const world = new BettorsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const active = async (customerId: number, at = world.clock.now()) => {
    const action = await world.make(RecordActivity)
    await action.handle({ customerId, at })
  }

  test('a day counts once; a day left out begins a new row', async ({ assert }) => {
    const { id } = await world.customer()
    for (const hours of [0, 1, 11]) await active(id, world.clock.now() + hours * HOUR)
    assert.containSubset(await world.bettor(id), { activeDays: 1, dayStreak: 1 })
    world.clock.advance(DAY)
    await Promise.all([active(id), active(id), active(id)])
    assert.containSubset(await world.bettor(id), { activeDays: 2, dayStreak: 2 })
    world.clock.advance(2 * DAY)
    await active(id)
    assert.containSubset(await world.bettor(id), { activeDays: 3, dayStreak: 1 })
    await active(id, world.clock.now() - DAY)
    assert.containSubset(await world.bettor(id), { activeDays: 3, dayStreak: 1 })
  })

  test('seven days complete the mission; in a row only where it is set so', async ({ assert }) => {
    const [any, row] = [await world.customer(), await world.customer()]
    for (let day = 0; day < 7; day++) {
      await active(any.id)
      world.clock.advance(2 * DAY)
    }
    assert.deepEqual(await world.completed(any.id), ['DAILY_ACTIVE'])

    const mission = await Mission.findByOrFail('code', 'DAILY_ACTIVE')
    await mission.merge({ parameters: { in_a_row: true } }).save()
    for (const gap of [1, 1, 1, 2, 1, 1, 1, 1, 1, 1]) {
      await active(row.id)
      assert.deepEqual(await world.completed(row.id), [])
      world.clock.advance(gap * DAY)
    }
    await active(row.id)
    assert.deepEqual(await world.completed(row.id), ['DAILY_ACTIVE'])
  })
})
