import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CancelSchedule } from '#raffles/actions/cancel_schedule'
import { ScheduleDraw } from '#raffles/actions/schedule_draw'
import RaffleDraw from '#raffles/models/raffle_draw'
import { CurrentRaffleQuery } from '#raffles/queries/current_raffle_query'
import { autoDraw } from '#raffles/settings'
import { CarryOutSchedules } from '#raffles/ticks/carry_out_schedules'
import { KeepRound } from '#raffles/ticks/keep_round'
import { accepted } from '#tests/support/ledger'
import { ADMIN, RaffleWorld } from '#tests/support/chain/raffle_world'
import { DAY, HOUR, MINUTE } from '#tests/support/test_clock'

const STRANGER = '0x00000000000000000000000000000000000000A1'

test.group('Draws by plan and by themselves', (group) => {
  let world: RaffleWorld
  group.setup(async () => {
    world = await RaffleWorld.start({ interval: 3600n })
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.timeout(60_000)

  const plan = async (inMs = HOUR) => {
    const action = await world.make(ScheduleDraw)
    return action.run({ at: world.clock.now() + inMs, actor: ADMIN })
  }
  /** The round has been open for its time. */
  const due = async () => {
    await world.evm.rpc.call('evm_increaseTime', [3600])
    await world.settle()
  }

  test('given a plan whose moment has come, then the round is drawn once', async ({ assert }) => {
    const schedule = accepted(await plan())
    const query = await world.make(CurrentRaffleQuery)
    assert.containSubset(await query.run(), { nextDrawAt: schedule.scheduledAt })
    await world.evm.enterAs(STRANGER)
    await due()
    await world.tick(CarryOutSchedules)
    assert.lengthOf(await RaffleDraw.all(), 0, 'it is too early')

    world.clock.advance(HOUR)
    await world.tick(CarryOutSchedules)
    await world.tick(CarryOutSchedules)
    const draw = await RaffleDraw.query().firstOrFail()
    assert.containSubset(draw, { cause: 'schedule', status: 'sending' })
    await schedule.refresh()
    assert.containSubset(schedule, { status: 'done', drawId: draw.id })
    assert.lengthOf(await RaffleDraw.all(), 1)
  })

  test('given a contract that does not let it be drawn yet, then the plan waits for it, and is skipped in the end', async ({
    assert,
  }) => {
    const schedule = accepted(await plan())
    await world.evm.enterAs(STRANGER)
    await world.settle()
    world.clock.advance(HOUR + MINUTE)
    await world.tick(CarryOutSchedules)
    await schedule.refresh()
    assert.equal(schedule.status, 'waiting')
    world.clock.advance(HOUR)
    await world.tick(CarryOutSchedules)
    await schedule.refresh()
    assert.containSubset(schedule, { status: 'skipped', reason: 'upkeep_not_needed' })
  })

  test('given nobody is in, then the plan is skipped', async ({ assert }) => {
    const schedule = accepted(await plan())
    world.clock.advance(HOUR)
    await world.tick(CarryOutSchedules)
    await schedule.refresh()
    assert.containSubset(schedule, { status: 'skipped', reason: 'no_players' })
  })

  test('a plan is for the future, once for a moment, and can be given up', async ({ assert }) => {
    assert.containSubset(await plan(-1), { refusal: { code: 'date_in_past' } })
    assert.containSubset(await plan(400 * DAY), { refusal: { code: 'date_too_far' } })
    const schedule = accepted(await plan())
    assert.containSubset(await plan(), { refusal: { code: 'already_scheduled' } })

    const cancel = await world.make(CancelSchedule)
    const cancelled = await cancel.run({ scheduleId: schedule.id, actor: ADMIN })
    assert.isTrue(cancelled.ok)
    assert.containSubset(await cancel.run({ scheduleId: schedule.id, actor: ADMIN }), {
      refusal: { code: 'schedule_not_waiting' },
    })
    assert.containSubset(await cancel.run({ scheduleId: 999, actor: ADMIN }), {
      refusal: { code: 'schedule_not_found' },
    })
    world.clock.advance(DAY)
    await world.tick(CarryOutSchedules)
    await schedule.refresh()
    assert.equal(schedule.status, 'cancelled')
    const audited = await db.from('audit_entries').where('subject_type', 'raffle_schedule').orderBy('id')
    assert.deepEqual(
      audited.map(({ action }) => action),
      ['raffle_schedule.created', 'raffle_schedule.cancelled']
    )
  })

  test('given automatic draws, when the contract says that the round is due, then it is drawn', async ({ assert }) => {
    await world.evm.enterAs(STRANGER)
    await due()
    await world.tick(KeepRound)
    assert.lengthOf(await RaffleDraw.all(), 0, 'nobody has switched it on')
    await world.set(autoDraw, true)
    await world.tick(KeepRound)
    await world.tick(KeepRound)
    const draws = await RaffleDraw.all()
    assert.deepEqual(
      draws.map(({ cause }) => cause),
      ['upkeep']
    )
  })

  test('given an automatic draw that failed, then it is not tried again at once', async ({ assert }) => {
    await world.evm.enterAs(STRANGER)
    await due()
    await world.set(autoDraw, true)
    const round = await world.current()
    const failed = { raffleId: round.id, cause: 'upkeep', requestedByName: 'upkeep', status: 'failed' } as const
    const now = world.clock.now()
    await RaffleDraw.create({ ...failed, reference: 'FAILEDDRAW', createdAt: now, finishedAt: now })
    await world.tick(KeepRound)
    assert.lengthOf(await RaffleDraw.all(), 1)
    world.clock.advance(HOUR)
    await world.tick(KeepRound)
    assert.lengthOf(await RaffleDraw.all(), 2)
  })
})
