import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { SegmentSource } from '#core/contracts/segment_source'
import { AnonymiseCustomer } from '#customers/actions/anonymise_customer'
import type Customer from '#customers/models/customer'
import { MarkDelivered } from '#stars/actions/mark_delivered'
import { RefundOrder } from '#stars/actions/refund_order'
import { readFigures } from '#stars/health/star_gauges'
import type StarOrder from '#stars/models/star_order'
import { CustomerOrdersQuery } from '#stars/queries/customer_orders_query'
import { DeliveryQueueQuery } from '#stars/queries/delivery_queue_query'
import { OrderDetailQuery } from '#stars/queries/order_detail_query'
import { StarsFiguresQuery } from '#stars/queries/stars_figures_query'
import { StarsTimeline } from '#stars/timeline'
import { ADMIN, StarsWorld, valueOf } from '#tests/support/stars/world'
import { DAY, MINUTE } from '#tests/support/test_clock'

test.group('What is known of orders', (group) => {
  const world = new StarsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const refund = async (order: StarOrder) => {
    const action = await world.make(RefundOrder)
    return valueOf(await action.handle({ orderId: order.id, note: 'Not to be had', actor: ADMIN }))
  }
  const deliver = async (order: StarOrder) => {
    const action = await world.make(MarkDelivered)
    return valueOf(await action.handle({ orderId: order.id, actor: ADMIN }))
  }

  test('a segment holds who has bought, and what was refunded does not count', async ({ assert }) => {
    const [buyer, refunded, nobody] = [await world.customer(), await world.customer(), await world.customer()]
    await world.bought(buyer, { choice: { stars: 60 } })
    await world.bought(buyer, { choice: { stars: 40 } })
    await refund(await world.bought(refunded))
    world.clock.advance(3 * DAY)

    const segments = await app.container.make(SegmentSource)
    const found = async (key: string, parameters = {}) => {
      const query = db.from('customers').orderBy('id').select('id')
      segments.find(key)!.apply(query, parameters, world.clock.now())
      const rows = await query
      return rows.map(({ id }) => id)
    }
    assert.deepEqual(await found('stars.bought'), [buyer.id])
    assert.deepEqual(await found('stars.never_bought'), [refunded.id, nobody.id])
    assert.deepEqual(await found('stars.bought_within', { days: 4 }), [buyer.id])
    assert.deepEqual(await found('stars.bought_within', { days: 2 }), [])
    assert.deepEqual(await found('stars.bought_at_least', { stars: 100 }), [buyer.id])
    assert.deepEqual(await found('stars.bought_at_least', { stars: 101 }), [])
  })

  test('the timeline tells each step, newest first', async ({ assert }) => {
    const customer = await world.customer()
    const order = await world.queued(customer)
    await world.queued(await world.customer())
    world.clock.advance(MINUTE)
    await deliver(order)
    const timeline = new StarsTimeline()
    const items = await timeline.items(customer.id, world.clock.now() + 1, 10)
    assert.deepEqual(
      items.map(({ title }) => title),
      ['Stars delivered', 'Stars being delivered', 'Stars order paid', 'Stars order made']
    )
    assert.include(items[0].detail!, order.reference)
    assert.deepEqual(items[0].link, { route: 'admin.stars.orders.show', params: [order.reference] })
    assert.lengthOf(await timeline.items(customer.id, world.clock.now(), 10), 3)
    assert.lengthOf(await timeline.items(customer.id, world.clock.now() + 1, 2), 2)
  })

  test('orders and revenue are counted by currency, without what was refunded', async ({ assert }) => {
    const from = world.clock.now()
    const customer = await world.customer()
    await world.bought(customer, { choice: { stars: 60 } })
    await refund(await world.bought(customer, { choice: { stars: 500 } }))
    world.clock.advance(DAY)
    await world.bought(customer, { choice: { stars: 40 } })
    const figures = new StarsFiguresQuery()
    const all = await figures.run({ from, until: world.clock.now() + 1 })
    assert.deepEqual(
      all.map(({ currency, orders, stars, revenue }) => [currency, orders, stars, String(revenue)]),
      [['TON', 2, 100, '100.000000000 TON']]
    )
    assert.equal(String(await world.revenue()), '100.000000000 TON', 'the ledger agrees')
    const [first] = await figures.run({ from, until: from + DAY })
    assert.equal(first.stars, 60)
  })

  test('the queue and the metrics know what waits, and since when', async ({ assert }) => {
    const customer = await world.customer()
    const queue = new DeliveryQueueQuery()
    assert.deepEqual(await queue.run(), { toDeliver: 0, needAttention: 0, oldestPaidAt: null })
    const order = await world.queued(customer)
    world.clock.advance(MINUTE)
    await world.bought(customer)
    assert.deepEqual(await queue.run(), { toDeliver: 1, needAttention: 0, oldestPaidAt: order.paidAt })
    const figures = await readFigures(world.clock.now())
    assert.deepEqual(figures, { byStatus: { fulfilling: 1, paid: 1 }, needsAttention: 0, oldestToDeliverSeconds: 60 })
  })

  test('a page shows all of one order; a customer sees their own', async ({ assert }) => {
    const customer = await world.customer({ ton: '0' })
    const { order, invoice } = valueOf(await world.buyByInvoice(customer))
    await world.pay(invoice)
    await world.deliver(order)
    const detail = await new OrderDetailQuery().run(order.reference)
    assert.equal(detail?.customer.id, customer.id)
    assert.equal(detail?.invoice?.id, invoice.id)
    assert.deepEqual(
      detail?.events.map(({ event }) => event),
      ['created', 'awaiting_payment', 'paid', 'fulfilling']
    )
    assert.lengthOf(detail!.fulfilments, 1)
    assert.isNull(await new OrderDetailQuery().run('NOSUCHREF0'))

    const own = await world.make(CustomerOrdersQuery)
    const found = await own.find(customer.id, order.reference)
    assert.equal(found?.invoice?.id, invoice.id)
    const stranger = await world.customer()
    assert.isNull(await own.find(stranger.id, order.reference))
    const { total } = await own.run(customer.id)
    assert.equal(total, 1)
  })

  test('whom Stars were for is forgotten with the customer, unless they are still owed', async ({ assert }) => {
    const customer: Customer = await world.customer()
    const recipient = { kind: 'username', username: 'some_friend' } as const
    const done = await world.queued(customer, { recipient })
    await deliver(done)
    const open = await world.queued(customer, { recipient })
    const anonymise = await world.make(AnonymiseCustomer)
    valueOf(await anonymise.handle({ customerId: customer.id, actor: ADMIN }))
    await done.refresh()
    await open.refresh()
    assert.deepEqual([done.recipientUsername, open.recipientUsername], [null, 'some_friend'])
    assert.equal(String(done.total), '100.000000000 TON')
  })

  test('a history is never changed', async ({ assert }) => {
    await world.queued(await world.customer())
    await assert.rejects(() => db.from('star_order_events').update({ event: 'paid' }), /append-only/)
    await assert.rejects(() => db.from('star_order_events').delete(), /append-only/)
  })
})
