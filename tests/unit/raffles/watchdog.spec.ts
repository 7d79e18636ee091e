import { test } from '@japa/runner'
import AdminAlert from '#notifications/models/admin_alert'
import { RaffleCheck } from '#raffles/health/raffle_check'
import { readFigures } from '#raffles/health/raffle_gauges'
import { WatchdogQuery } from '#raffles/queries/watchdog_query'
import { lowSubscription, stuckAfterMinutes } from '#raffles/settings'
import { Watch } from '#raffles/ticks/watch'
import { FEE, RaffleWorld } from '#tests/support/chain/raffle_world'
import { DAY, MINUTE } from '#tests/support/test_clock'

const STRANGER = '0x00000000000000000000000000000000000000A1'

/** Code of contracts: reverts with `InvalidSubscription()`, as Chainlink's coordinator does; stops; reverts with nothing. */
const UNKNOWN_SUBSCRIPTION = '0x631f6a65b66000526004601cfd'
const ANSWERS_NOTHING = '0x00'
const LACKS_THE_FUNCTION = '0x60006000fd'

test.group('Watchdog of the raffle', (group) => {
  let world: RaffleWorld
  group.setup(async () => {
    world = await RaffleWorld.start()
    return () => world.stop()
  })
  group.each.setup(() => world.setup())
  group.each.timeout(60_000)

  const figures = async () => {
    await world.tick(Watch)
    const query = await world.make(WatchdogQuery)
    const watch = await query.run()
    return watch!.figures
  }
  const open = async () => {
    const alerts = await AdminAlert.query().whereNull('resolvedAt').orderBy('id')
    return alerts.map(({ fingerprint }) => fingerprint)
  }

  const health = async () => {
    const check = await world.make(RaffleCheck)
    return check.check()
  }

  test('given all is well, then the figures are kept and nobody is called', async ({ assert }) => {
    assert.containSubset(await health(), { status: 'degraded', message: 'nobody has looked at the contract yet' })
    await world.evm.enterAs(STRANGER)
    assert.containSubset(await figures(), {
      state: 'open',
      isPaused: false,
      entries: 1,
      isDue: true,
      pendingSince: null,
      isLinkLow: false,
      treasuryWei: String(10n ** 18n),
      unclaimed: [],
    })
    assert.deepEqual(await open(), [])
    assert.containSubset(await health(), { status: 'healthy', details: { state: 'open', entries: 1 } })
    world.clock.advance(11 * MINUTE)
    assert.containSubset(await health(), { status: 'degraded', message: 'nobody looks at the contract' })
  })

  test('given randomness that does not come, then a person is called after that time, and it is over with the answer', async ({
    assert,
  }) => {
    await world.set(stuckAfterMinutes, 10)
    await world.evm.enterAs(STRANGER)
    const request = await world.evm.requestDraw()
    await world.settle()
    const { requestedAt } = await world.current()
    world.clock.moveTo(requestedAt! + 9 * MINUTE)
    assert.containSubset(await figures(), { state: 'drawing', pendingSince: requestedAt, requestId: String(request) })
    assert.deepEqual(await open(), [])

    world.clock.advance(MINUTE)
    await world.tick(Watch)
    assert.deepEqual(await open(), ['raffle:stuck'])
    assert.containSubset(await health(), { status: 'degraded', message: 'the random number of a draw is late' })
    assert.containSubset(await readFigures(world.clock.now()), { open: 0, drawingSeconds: 600 })

    await world.evm.fulfil(request)
    assert.containSubset(await figures(), { state: 'open', pendingSince: null })
    assert.deepEqual(await open(), [])
  })

  test('given a subscription with less LINK than asked for, then the admins are told', async ({ assert }) => {
    const { link } = await figures()
    await world.set(lowSubscription, Math.floor(Number(link)) + 1)
    assert.containSubset(await figures(), { isLinkLow: true, link })
    assert.deepEqual(await open(), ['raffle:link_low'])
    assert.containSubset(await health(), { status: 'degraded' })
    await world.set(lowSubscription, 0)
    await world.tick(Watch)
    assert.deepEqual(await open(), [])
  })

  test('given a cancelled subscription, then it has no LINK, and a person is called for the draw that hangs', async ({
    assert,
  }) => {
    await world.set(lowSubscription, 1)
    await world.evm.enterAs(STRANGER)
    await world.evm.requestDraw()
    await world.settle()
    await world.evm.rpc.call('anvil_setCode', [world.evm.vrf, UNKNOWN_SUBSCRIPTION])
    world.clock.advance(DAY)
    assert.containSubset(await figures(), { state: 'drawing', link: '0', isLinkLow: true })
    assert.deepEqual(await open(), ['raffle:stuck', 'raffle:link_low'])
  })

  test('given a coordinator of another kind, then its LINK is unknown and the rest is watched', async ({ assert }) => {
    await world.set(lowSubscription, 1)
    for (const code of [ANSWERS_NOTHING, LACKS_THE_FUNCTION]) {
      await world.evm.rpc.call('anvil_setCode', [world.evm.vrf, code])
      assert.containSubset(await figures(), { state: 'open', link: null, isLinkLow: false })
    }
    assert.deepEqual(await open(), [])
  })

  test('given USDT stands still when a prize is to be paid, then it is named until it is claimed', async ({
    assert,
  }) => {
    await world.evm.enterAs(STRANGER)
    const request = await world.evm.requestDraw()
    await world.evm.act(world.evm.owner, 'usdt', 'pause')
    await world.evm.fulfil(request)
    await world.settle()
    const { unclaimed } = await figures()
    assert.containSubset(unclaimed, [{ round: 1, address: STRANGER.toLowerCase(), amount: '5.000000' }])
    assert.deepEqual(await open(), ['raffle:unclaimed'])

    await world.evm.act(world.evm.owner, 'usdt', 'unpause')
    await world.evm.act(world.evm.owner, 'raffle', 'claimPrize', [STRANGER])
    assert.containSubset(await figures(), { unclaimed: [] })
    assert.equal(await world.evm.usdtOf(STRANGER), FEE)
    assert.deepEqual(await open(), [])
  })
})
