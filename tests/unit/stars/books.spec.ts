import { test } from '@japa/runner'
import { verifyLedger } from '#ledger/verify/verify_ledger'
import { RefundInvoice } from '#payments/actions/refund_invoice'
import Invoice from '#payments/models/invoice'
import { CancelOrder } from '#stars/actions/cancel_order'
import StarOrder from '#stars/models/star_order'
import { OWED } from '#stars/orders/transitions'
import { Deliver } from '#stars/ticks/deliver'
import { act } from '#tests/support/stars/act'
import { ADMIN, StarsWorld, valueOf } from '#tests/support/stars/world'

/** A repeatable sequence of chance: mulberry32. */
function chance(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

test.group('The books of the shop', (group) => {
  const world = new StarsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const refundInvoice = async (invoice: Invoice) => {
    const action = await world.make(RefundInvoice)
    return action.handle({ invoiceId: invoice.id, way: 'balance', reason: 'Asked for it', actor: ADMIN })
  }

  test('an invoice that the payments refund takes its order along, unless that is delivered', async ({ assert }) => {
    const customer = await world.customer({ ton: '0' })
    const { order, invoice } = valueOf(await world.buyByInvoice(customer))
    await world.pay(invoice)
    await world.deliver(order)
    valueOf(await refundInvoice(invoice))
    await order.refresh()
    assert.equal(order.status, 'refunded')
    assert.deepEqual(await world.stars(), { inventory: 0, owed: 0, delivered: 0 })
    assert.equal(String(await world.balance(customer)), '100.000000000 TON')

    const other = valueOf(await world.buyByInvoice(customer))
    await world.pay(other.invoice)
    await world.deliver(other.order)
    valueOf(await act('deliver', other.order))
    assert.containSubset(await refundInvoice(other.invoice), { ok: false, refusal: { code: 'wrong_status' } })
  })

  test('agree with the orders after anything, done by many at once')
    .with([1, 2, 3])
    .run(async ({ assert }, seed) => {
      const random = chance(seed)
      const customers = await Promise.all([1, 2, 3].map(() => world.customer({ ton: '600' })))
      const { id: packageId } = await world.package()
      const any = async () => {
        const orders = await StarOrder.all()
        return orders[random(Math.max(orders.length, 1))]
      }
      const moves = [
        () => world.buy(customers[random(3)], { choice: { stars: 1 + random(120) } }),
        () => world.buy(customers[random(3)], { choice: { packageId } }),
        () => world.buyByInvoice(customers[random(3)], { choice: { packageId } }),
        async () => {
          const invoice = await Invoice.query().where('status', 'pending').first()
          if (invoice) await world.pay(invoice)
        },
        async () => {
          const order = await any()
          const cancel = await world.make(CancelOrder)
          if (order) await cancel.handle({ orderId: order.id, actor: ADMIN })
        },
        async () => {
          const tick = await world.make(Deliver)
          await tick.run(new AbortController().signal)
        },
        async () => {
          const order = await any()
          if (order) await act('deliver', order)
        },
        async () => {
          const order = await any()
          if (order) await act('refund', order)
        },
      ]
      for (let round = 0; round < 12; round++) {
        await Promise.all(Array.from({ length: 5 }, () => moves[random(moves.length)]()))
      }

      const orders = await StarOrder.all()
      const sum = (some: StarOrder[]) => some.reduce((total, order) => total + order.delivered, 0)
      const owed = sum(orders.filter(({ status }) => OWED.includes(status)))
      const delivered = sum(orders.filter(({ status }) => status === 'fulfilled'))
      assert.deepEqual(await world.stars(), {
        inventory: owed + delivered === 0 ? 0 : -(owed + delivered),
        owed,
        delivered,
      })
      const sold = orders.filter(({ status }) => OWED.includes(status) || status === 'fulfilled')
      const revenue = sold.reduce((total, { price }) => total + price, 0n)
      assert.equal(await world.revenue().then(({ minor }) => minor), revenue)
      assert.deepEqual(await Array.fromAsync(verifyLedger({ transfers: 0, entries: 0, accounts: 0 })), [])
      assert.isTrue(orders.length > 5, 'something happened')
    })
    .timeout(60_000)
})
