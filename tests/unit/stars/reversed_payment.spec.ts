import { test } from '@japa/runner'
import { ReverseTransfer } from '#ledger/actions/reverse_transfer'
import { act } from '#tests/support/stars/act'
import { createAdmin } from '#tests/support/staff'
import { StarsWorld, valueOf } from '#tests/support/stars/world'

test.group('Orders whose payment an admin has reversed', (group) => {
  const world = new StarsWorld()
  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  test('the order ends as refunded and the price goes back once', async ({ assert }) => {
    const customer = await world.customer({ ton: '100' })
    const order = await world.queued(customer)
    const admin = await createAdmin({ role: 'finance' })
    const reverse = await world.make(ReverseTransfer)
    const actor = { type: 'admin' as const, id: admin.id, name: admin.fullName }
    const transferId = order.paymentTransferId!
    valueOf(await reverse.handle({ transferId, reason: 'Mistake', actor }))
    assert.equal(String(await world.balance(customer)), '100.000000000 TON')

    valueOf(await act('refund', order))
    await order.refresh()
    assert.equal(order.status, 'refunded')
    assert.equal(String(await world.balance(customer)), '100.000000000 TON')
    assert.deepEqual(await world.stars(), { inventory: 0, owed: 0, delivered: 0 })
  })
})
