import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CancelOrder } from '#stars/actions/cancel_order'
import { MarkDelivered } from '#stars/actions/mark_delivered'
import { RefundOrder } from '#stars/actions/refund_order'
import type StarOrder from '#stars/models/star_order'
import type { OrderStatus } from '#stars/values'
import { alertNewOrders } from '#stars/settings'
import { Deliver } from '#stars/ticks/deliver'
import { ADMIN, StarsWorld, valueOf } from '#tests/support/stars/world'
import { createAdmin } from '#tests/support/staff'

test.group('Delivery by hand', (group) => {
  const world = new StarsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const deliver = async (order: StarOrder, note?: string) => {
    const action = await world.make(MarkDelivered)
    return action.handle({ orderId: order.id, note, actor: ADMIN })
  }
  const refund = async (order: StarOrder, note = 'The account is closed') => {
    const action = await world.make(RefundOrder)
    return action.handle({ orderId: order.id, note, actor: ADMIN })
  }
  const statusOf = async (order: StarOrder) => {
    await order.refresh()
    return order.status
  }

  test('a paid order waits in the queue, and admins hear of it', async ({ assert }) => {
    const admin = await createAdmin()
    await admin.merge({ telegramId: 77_001 }).save()
    const customer = await world.customer()
    const order = await world.queued(customer, { recipient: { kind: 'username', username: 'bob_the_1st' } })

    assert.deepEqual([order.status, order.provider], ['fulfilling', 'manual'])
    assert.deepEqual(await world.events(order), ['created', 'paid', 'fulfilling'])
    const alert = await db.from('notifications').where('type', 'ADMIN_ALERT').firstOrFail()
    assert.include(JSON.stringify(alert.params), `Order ${order.reference}: deliver 100 Stars`)
    assert.include(JSON.stringify(alert.params), '@bob_the_1st')
  })

  test('nobody is told of new orders where that is switched off', async ({ assert }) => {
    const admin = await createAdmin()
    await admin.merge({ telegramId: 77_002 }).save()
    await world.set(alertNewOrders, false)
    await world.queued(await world.customer())
    assert.lengthOf(await db.from('notifications').where('type', 'ADMIN_ALERT'), 0)
  })

  test('an admin delivers: books, history, audit and customer know', async ({ assert }) => {
    const customer = await world.customer()
    const order = await world.queued(customer)

    valueOf(await deliver(order, 'Sent from the shop account'))

    assert.equal(await statusOf(order), 'fulfilled')
    assert.deepEqual(await world.stars(), { inventory: -100, owed: 0, delivered: 100 })
    assert.deepEqual(await world.events(order), ['created', 'paid', 'fulfilling', 'fulfilled'])
    const entry = await db.from('audit_entries').where('action', 'star_order.delivered').firstOrFail()
    assert.equal(entry.subject_id, String(order.id))
    const note = await db.from('star_order_events').where('event', 'fulfilled').firstOrFail()
    assert.deepEqual([note.note, note.actor_name], ['Sent from the shop account', ADMIN.name])
  })

  test('an admin refunds: the money is back, and the Stars are no longer owed', async ({ assert }) => {
    const customer = await world.customer({ ton: '100' })
    const order = await world.queued(customer)

    valueOf(await refund(order))

    assert.equal(await statusOf(order), 'refunded')
    assert.equal(String(await world.balance(customer)), '100.000000000 TON')
    assert.equal(String(await world.revenue()), '0.000000000 TON')
    assert.deepEqual(await world.stars(), { inventory: 0, owed: 0, delivered: 0 })
    const correction = await db.from('ledger_transfers').where('id', order.refundTransferId!).firstOrFail()
    assert.deepEqual(
      [correction.kind, correction.corrects_id ?? correction.corrects],
      ['refund', order.paymentTransferId]
    )
  })

  test('a refund needs a reason', async ({ assert }) => {
    const order = await world.queued(await world.customer())
    assert.containSubset(await refund(order, '  '), { ok: false, refusal: { code: 'reason_required' } })
    assert.containSubset(await refund(order, 'x'.repeat(501)), { ok: false, refusal: { code: 'note_too_long' } })
    assert.containSubset(await deliver(order, 'x'.repeat(501)), { ok: false, refusal: { code: 'note_too_long' } })
    assert.equal(await statusOf(order), 'fulfilling')
  })

  test('of a delivery and a refund at once, and of two of them, one is done', async ({ assert }) => {
    const customer = await world.customer({ ton: '100' })
    const order = await world.queued(customer)

    const results = await Promise.all([deliver(order), refund(order), deliver(order), refund(order)])

    assert.lengthOf(
      results.filter(({ ok }) => ok),
      1
    )
    const isRefunded = (await statusOf(order)) === 'refunded'
    assert.equal(String(await world.balance(customer)), isRefunded ? '100.000000000 TON' : '0.000000000 TON')
    const { owed, delivered } = await world.stars()
    assert.deepEqual([owed, delivered], [0, isRefunded ? 0 : 100])
  })

  test('what is over stays as it is', async ({ assert }) => {
    const order = await world.queued(await world.customer())
    valueOf(await deliver(order))
    assert.containSubset(await deliver(order), {
      ok: false,
      refusal: { code: 'wrong_status', params: { status: 'fulfilled' } },
    })
    assert.containSubset(await refund(order), { ok: false, refusal: { code: 'wrong_status' } })
    assert.containSubset(await deliver({ id: 999 } as StarOrder), { ok: false, refusal: { code: 'order_not_found' } })
  })

  test('a paid order can be refunded before its delivery has begun, and is not cancelled', async ({ assert }) => {
    const customer = await world.customer({ ton: '100' })
    const order = await world.bought(customer)
    const cancel = await world.make(CancelOrder)
    const refused = await cancel.handle({ orderId: order.id, customerId: customer.id, actor: ADMIN })
    assert.containSubset(refused, { ok: false, refusal: { code: 'wrong_status' } })

    valueOf(await refund(order))
    assert.equal(String(await world.balance(customer)), '100.000000000 TON')
  })

  test('an admin who cancels an unpaid order is in the audit log', async ({ assert }) => {
    const customer = await world.customer()
    const { order } = valueOf(await world.buyByInvoice(customer))
    const cancel = await world.make(CancelOrder)
    valueOf(await cancel.handle({ orderId: order.id, actor: ADMIN }))
    const entry = await db.from('audit_entries').where('action', 'star_order.cancelled').firstOrFail()
    assert.deepEqual([entry.subject_type, Number(entry.subject_id)], ['star_order', order.id])
  })

  test('many who begin the delivery begin it once', async ({ assert }) => {
    const order = await world.bought(await world.customer())
    await Promise.all([1, 2, 3, 4].map(() => world.deliver(order)))
    assert.lengthOf(await db.from('star_fulfilments').where('order_id', order.id), 1)
    assert.deepEqual(await world.events(order), ['created', 'paid', 'fulfilling'])
  })

  test('the tick takes up what nobody was woken for', async ({ assert }) => {
    const order = await world.bought(await world.customer())
    const tick = await world.make(Deliver)
    await tick.run(new AbortController().signal)
    assert.equal(await statusOf(order), 'fulfilling')
  })

  test('no order takes a step that is not legal', async ({ assert }) => {
    const { mayBecome } = await import('#stars/orders/transitions')
    const ends: OrderStatus[] = ['fulfilled', 'refunded', 'cancelled']
    for (const end of ends)
      assert.isFalse(mayBecome(end, 'paid') || mayBecome(end, 'refunded') || mayBecome(end, 'fulfilled'))
    assert.isFalse(mayBecome('paid', 'cancelled'))
    assert.isFalse(mayBecome('fulfilling', 'cancelled'))
  })
})
