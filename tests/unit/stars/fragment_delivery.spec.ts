import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { fragmentDailyBudget, fragmentMaxPrice } from '#stars/settings'
import { act } from '#tests/support/stars/act'
import { COOKIES, FragmentWorld, MNEMONIC } from '#tests/support/stars/fragment_world'
import { valueOf } from '#tests/support/stars/world'
import { systemBalance } from '#tests/support/payments/given'
import { DAY } from '#tests/support/test_clock'

test.group('Delivery through Fragment', (group) => {
  const world = new FragmentWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.stop()
  })
  group.each.timeout(60_000)

  test('finds, asks, pays and sees the Stars arrive', async ({ assert }) => {
    const { order, customer } = await world.order()
    await world.follow(order)

    assert.deepEqual([order.status, order.provider, order.attention], ['fulfilled', 'fragment', null])
    assert.equal(world.bobsStars, 100)
    const [purchase] = world.purchases()
    assert.deepEqual([purchase.state, purchase.quantity], ['done', 100])
    const [transfer] = await world.transfers()
    assert.deepEqual([transfer.status, transfer.amount, transfer.broadcasts], ['confirmed', purchase.amount, 1])
    assert.equal(await systemBalance('stars:cost').then(({ minor }) => minor), purchase.amount)
    assert.deepEqual(await world.stars(), { inventory: -100, owed: 0, delivered: 100 })
    assert.deepEqual(await world.told(customer), ['send star_order_fulfilled'])
  })

  test('one wallet serves several orders, one after the other', async ({ assert }) => {
    const orders = [await world.order(50), await world.order(60), await world.order(70)]
    for (const { order } of orders) await world.follow(order)
    assert.equal(world.bobsStars, 180)
    const transfers = await world.transfers()
    assert.deepEqual(
      transfers.map(({ seqno, status }) => [seqno, status]),
      [
        [0, 'confirmed'],
        [1, 'confirmed'],
        [2, 'confirmed'],
      ]
    )
  })

  test('fewer than Fragment sells, and nobody to send them to, is for a person', async ({ assert }) => {
    const { order: small } = await world.order(49)
    await world.deliver(small)
    const nameless = await world.customer({ username: null })
    const order = await world.queued(nameless, { choice: { stars: 100 } })
    assert.deepEqual([small.provider, order.provider], ['manual', 'manual'])
    const quote = valueOf(await world.quote({ stars: 49 }))
    assert.deepEqual([quote.provider, quote.belowMinimum], ['manual', 50])
    assert.isNull(valueOf(await world.quote({ stars: 50 })).belowMinimum)
  })

  test('a username that nobody has is refunded by itself, and the customer is told', async ({ assert }) => {
    const { order, customer } = await world.order(100, 'nobody_here')
    await world.follow(order)

    assert.deepEqual([order.status, order.reason], ['refunded', 'recipient_not_found'])
    assert.equal(String(await world.balance(customer)), '10000.000000000 TON')
    assert.deepEqual(await world.stars(), { inventory: 0, owed: 0, delivered: 0 })
    assert.deepEqual(await world.events(order), ['created', 'paid', 'fulfilling', 'failed', 'refunded'])
    assert.deepEqual(await world.told(customer), ['send star_order_refunded'])
    assert.lengthOf(await world.transfers(), 0)
  })

  test('cookies that Fragment sets anew are kept', async ({ assert }) => {
    world.sandbox.faults.set({ service: 'fragment', kind: 'token_rotated' as any, count: 1 })
    const { order } = await world.order()
    await world.follow(order)
    assert.equal(order.status, 'fulfilled')
    const { order: next } = await world.order()
    await world.follow(next)
    assert.equal(next.status, 'fulfilled')
  })

  test('nothing is paid above the limit for a Star', async ({ assert }) => {
    await world.set(fragmentMaxPrice, '0.0001')
    const { order } = await world.order()
    await world.follow(order)
    assert.equal(order.attention, 'too_expensive')
    assert.lengthOf(await world.transfers(), 0)
  })

  test('nothing is paid beyond the budget of a day; the next day it goes on', async ({ assert }) => {
    const { order: first } = await world.order()
    await world.follow(first)
    await world.set(fragmentDailyBudget, '0.3')
    const { order } = await world.order()
    await world.follow(order)
    assert.equal(order.attention, 'over_budget')

    await world.set(fragmentDailyBudget, '0.6')
    world.pass(DAY)
    await world.follow(order)
    assert.equal(order.status, 'fulfilled')
  })

  test('a wallet that holds too little is told of, and goes on once it is filled', async ({ assert }) => {
    await world.sandbox.ton.setBalance(world.address, '0.1')
    const { order } = await world.order()
    await world.follow(order)
    assert.equal(order.attention, 'low_balance')
    const alerts = await db.from('admin_alerts').orderBy('id')
    assert.includeMembers(
      alerts.map(({ fingerprint }) => fingerprint),
      ['ton_wallet:fragment:low_balance', `star_order:${order.reference}:attention`]
    )

    await world.sandbox.ton.setBalance(world.address, '100')
    valueOf(await act('retry', order))
    await world.follow(order)
    assert.equal(order.status, 'fulfilled')
    assert.lengthOf(await db.from('admin_alerts').whereNull('resolved_at'), 0)
  })

  test('an order that has not been paid for yet can be handed to a person, or refunded', async ({ assert }) => {
    await world.set(fragmentMaxPrice, '0.0001')
    const { order } = await world.order()
    await world.follow(order)
    valueOf(await act('handOver', order))
    await order.refresh()
    assert.deepEqual([order.provider, order.attention, order.status], ['manual', null, 'fulfilling'])
    assert.containSubset(await world.attempt(order), { provider: 'manual', state: 'queued' })
    valueOf(await act('refund', order))
    await order.refresh()
    assert.equal(order.status, 'refunded')
  })

  test('while the wallet pays, an admin neither refunds nor delivers', async ({ assert }) => {
    world.sandbox.faults.set({ service: 'ton', kind: 'message_lost', count: 1 })
    const { order } = await world.order()
    await world.deliver(order)
    assert.containSubset(await world.attempt(order), { state: 'paying' })
    for (const name of ['refund', 'deliver', 'handOver'] as const) {
      assert.containSubset(await act(name, order), { ok: false, refusal: { code: 'delivery_in_progress' } })
    }
    await world.follow(order)
    assert.equal(order.status, 'fulfilled')
  })

  test('two workers deliver an order once', async ({ assert }) => {
    const { order } = await world.order()
    await Promise.all([1, 2, 3].map(() => world.deliver(order)))
    await world.follow(order)
    assert.equal(order.status, 'fulfilled')
    assert.lengthOf(await world.transfers(), 1)
    assert.equal(world.bobsStars, 100)
  })

  test('neither words nor cookies lie anywhere in the clear', async ({ assert }) => {
    const { order } = await world.order()
    await world.follow(order)
    const stored = await world.everythingStored()
    for (const secret of ['sandbox-ton-token', 'sandbox-ssid', MNEMONIC, MNEMONIC.split(' ').slice(0, 3).join(' ')]) {
      assert.notInclude(stored, secret)
    }
    assert.include(COOKIES, 'sandbox-ton-token')
  })
})
