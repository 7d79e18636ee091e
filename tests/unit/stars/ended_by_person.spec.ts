import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { refuse } from '#core/result'
import { FragmentDelivery } from '#stars/fulfilment/fragment/fragment_delivery'
import type StarOrder from '#stars/models/star_order'
import { fragmentDailyBudget } from '#stars/settings'
import { WatchAbandoned } from '#stars/ticks/watch_abandoned'
import { act } from '#tests/support/stars/act'
import { createAdmin } from '#tests/support/staff'
import { FragmentWorld } from '#tests/support/stars/fragment_world'
import { valueOf } from '#tests/support/stars/world'
import { systemBalance } from '#tests/support/payments/given'
import { MINUTE } from '#tests/support/test_clock'

test.group('Deliveries that a person ends', (group) => {
  const world = new FragmentWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.stop()
  })
  group.each.timeout(60_000)

  const watch = async () => {
    const tick = await world.make(WatchAbandoned)
    await tick.run(new AbortController().signal)
  }

  const endAlerts = () => db.from('notifications').where('dedupe_key', 'like', '%:paid_after_end:%')

  /** Signed and kept, and then the process is gone. */
  async function signAndStop(order: StarOrder) {
    const delivery = await world.make(FragmentDelivery)
    for (;;) {
      const attempt = await world.attempt(order)
      if (attempt.state === 'paying') return
      await delivery.step(order, attempt)
    }
  }

  /** As after a node that failed too often; from then on it answers again. */
  async function callForPerson(order: StarOrder) {
    await order.merge({ attention: 'keeps_failing', attentionAt: world.clock.now() }).save()
    world.sandbox.faults.clear()
  }

  test('what a person was called for is over with the signature: nobody refunds what is being paid', async ({
    assert,
  }) => {
    await world.set(fragmentDailyBudget, '0.1')
    const { order } = await world.order()
    await world.follow(order)
    assert.equal(order.attention, 'over_budget')

    await world.set(fragmentDailyBudget, '100')
    await signAndStop(order)
    assert.deepEqual(await act('refund', order), refuse('delivery_in_progress'))
    assert.deepEqual(await act('deliver', order), refuse('delivery_in_progress'))
    valueOf(await act('retry', order))
    await world.follow(order)
    assert.equal(order.status, 'fulfilled')
    assert.equal(world.bobsStars, 100)
  })

  test('a payment whose order was refunded meanwhile is watched to its end, booked and told', async ({ assert }) => {
    world.sandbox.faults.set({ service: 'ton', kind: 'server_error', methods: ['getTransactions'], count: 1 })
    const { order } = await world.order()
    await world.deliver(order)
    await callForPerson(order)
    assert.deepEqual([order.status, order.attention], ['fulfilling', 'keeps_failing'])
    const admin = await createAdmin()
    await admin.merge({ telegramId: 77_001 }).save()
    valueOf(await act('refund', order))

    await watch()
    const [transfer] = await world.transfers()
    assert.equal(transfer.status, 'confirmed')
    assert.equal(await systemBalance('stars:cost').then(({ minor }) => minor), transfer.amount)
    assert.lengthOf(await endAlerts(), 1)
    await watch()
    assert.lengthOf(await endAlerts(), 1)
  })

  test('a payment that never got into the chain does not keep the wallet from the next order', async ({ assert }) => {
    world.sandbox.faults.set({ service: 'ton', kind: 'message_lost', count: 1000 })
    const { order } = await world.order()
    await world.deliver(order)
    await callForPerson(order)
    valueOf(await act('refund', order))
    world.pass(6 * MINUTE)

    const { order: next } = await world.order()
    await world.deliver(next)
    assert.equal(next.status, 'fulfilling', 'nobody has looked whether the former message got there')
    await watch()
    await world.follow(next)
    assert.equal(next.status, 'fulfilled')
    const transfers = await world.transfers()
    assert.deepEqual(
      transfers.map(({ status }) => status),
      ['expired', 'confirmed']
    )
    assert.lengthOf(await endAlerts(), 0)
    assert.equal(world.bobsStars, 100)
  })
})
