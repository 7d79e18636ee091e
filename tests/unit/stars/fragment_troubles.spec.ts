import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { FragmentStatusQuery } from '#stars/queries/fragment_status_query'
import { fragmentConfirmation } from '#stars/settings'
import { act } from '#tests/support/stars/act'
import { FragmentWorld } from '#tests/support/stars/fragment_world'
import { valueOf } from '#tests/support/stars/world'
import { HOUR, MINUTE } from '#tests/support/test_clock'

test.group('Delivery through Fragment that does not answer as it should', (group) => {
  const world = new FragmentWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.stop()
  })
  group.each.timeout(60_000)

  test('an expired session waits for new cookies, and goes on with them', async ({ assert }) => {
    const { order } = await world.order()
    world.sandbox.faults.set({ service: 'fragment', kind: 'session_expired', count: 1 })
    await world.follow(order)
    assert.deepEqual([order.status, order.attention], ['fulfilling', 'session_expired'])
    const session = await db.from('fragment_sessions').firstOrFail()
    assert.isNotNull(session.expired_at)

    await world.storeSession()
    await world.follow(order)
    assert.deepEqual([order.status, order.attention], ['fulfilled', null])
    assert.equal(world.bobsStars, 100)
  })

  test('a message that got lost is sent again as it is', async ({ assert }) => {
    world.sandbox.faults.set({ service: 'ton', kind: 'message_lost', count: 2 })
    const { order } = await world.order()
    await world.follow(order)
    assert.equal(order.status, 'fulfilled')
    const [transfer, ...others] = await world.transfers()
    assert.lengthOf(others, 0)
    assert.equal(transfer.broadcasts, 3)
    assert.equal(world.bobsStars, 100)
  })

  test('a new message is signed only when the old one can never get into the chain', async ({ assert }) => {
    world.sandbox.faults.set({ service: 'ton', kind: 'message_lost', count: 1000 })
    const { order } = await world.order()
    await world.deliver(order)
    world.pass(3 * MINUTE)
    await world.deliver(order)
    assert.lengthOf(await world.transfers(), 1, 'it may still be on its way')

    world.sandbox.faults.clear()
    world.pass(3 * MINUTE)
    await world.follow(order)

    assert.equal(order.status, 'fulfilled')
    const transfers = await world.transfers()
    assert.deepEqual(
      transfers.map(({ seqno, status, attempt }) => [seqno, status, attempt]),
      [
        [0, 'expired', 1],
        [0, 'confirmed', 2],
      ]
    )
    assert.equal(world.bobsStars, 100)
  })

  test('an answer of the node that never came changes nothing: the chain is looked at', async ({ assert }) => {
    world.sandbox.faults.set({ service: 'ton', kind: 'drop_after', methods: ['sendBoc'], count: 1 })
    const { order } = await world.order()
    await world.follow(order)
    assert.equal(order.status, 'fulfilled')
    assert.lengthOf(await world.transfers(), 1)
    assert.equal(world.bobsStars, 100)
  })

  test('a node that is away keeps the order waiting, without harm', async ({ assert }) => {
    world.sandbox.faults.set({ service: 'ton', kind: 'server_error', status: 500, count: 3 })
    const { order } = await world.order()
    await world.follow(order, 10 * MINUTE)
    assert.equal(order.status, 'fulfilled')
    assert.equal(world.bobsStars, 100)
  })

  test('Fragment that is away is asked at growing distances, and after five failures left alone', async ({
    assert,
  }) => {
    world.sandbox.faults.set({ service: 'fragment', kind: 'server_error', status: 502, count: 6 })
    const { order } = await world.order()
    const waits: number[] = []
    for (let count = 1; count <= 6; count++) {
      await world.deliver(order)
      const { nextStepAt } = await world.attempt(order)
      waits.push(nextStepAt - world.clock.now())
      world.pass(waits.at(-1)!)
    }
    assert.deepEqual(waits, [2000, 4000, 8000, 16_000, 32_000, 60_000])
    const query = await world.make(FragmentStatusQuery)
    const { breakers } = await query.run()
    assert.equal(breakers.fragment, 'open')
    assert.containSubset(await world.attempt(order), { state: 'queued', failures: 6 })
    assert.deepEqual([order.status, order.attention], ['fulfilling', null])
  })

  test('Fragment that stays away behind its open circuit calls a person, and goes on by itself once it is back', async ({
    assert,
  }) => {
    world.sandbox.faults.set({ service: 'fragment', kind: 'server_error', status: 502, count: 1000 })
    const { order } = await world.order()
    for (let count = 1; count <= 10; count++) {
      await world.deliver(order)
      const { nextStepAt } = await world.attempt(order)
      world.pass(nextStepAt - world.clock.now())
    }
    assert.deepEqual([order.status, order.attention], ['fulfilling', 'keeps_failing'])
    assert.lengthOf(await db.from('admin_alerts').whereNull('resolved_at'), 1)

    await world.heal()
    await world.follow(order)
    assert.deepEqual([order.status, order.attention], ['fulfilled', null])
    assert.lengthOf(await world.transfers(), 1)
    assert.equal(world.bobsStars, 100)
  })

  test('what Fragment never confirms waits for a person, is not paid twice, and is settled by them', async ({
    assert,
  }) => {
    world.sandbox.faults.set({ service: 'fragment', kind: 'never_completes', count: 1 })
    const { order } = await world.order()
    await world.follow(order)
    assert.deepEqual([order.status, order.attention], ['fulfilling', 'outcome_unknown'])

    valueOf(await act('retry', order))
    await world.follow(order)
    assert.equal(order.attention, 'outcome_unknown')
    assert.lengthOf(await world.transfers(), 1)
    assert.containSubset(await act('handOver', order), { ok: false, refusal: { code: 'delivery_in_progress' } })

    valueOf(await act('deliver', order))
    await order.refresh()
    assert.deepEqual([order.status, order.attention], ['fulfilled', null])
  })

  test('a late confirmation ends the waiting by itself', async ({ assert }) => {
    world.sandbox.faults.set({ service: 'fragment', kind: 'never_completes', count: 1 })
    const { order } = await world.order()
    await world.follow(order)
    const [purchase] = world.purchases()
    world.sandbox.fragment.complete(purchase as any)

    world.pass(HOUR)
    await world.follow(order)
    assert.deepEqual([order.status, order.attention], ['fulfilled', null])
  })

  test('where the chain is trusted, a payment that stands there is a delivery', async ({ assert }) => {
    await world.set(fragmentConfirmation, 'chain')
    world.sandbox.faults.set({ service: 'fragment', kind: 'never_completes', count: 1 })
    const { order } = await world.order()
    await world.follow(order)
    assert.equal(order.status, 'fulfilled')
  })
})
