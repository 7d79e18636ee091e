import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Memory } from '#stats/memory'
import { createAdmin, loginAs } from '#tests/support/staff'
import { createInvoice } from '#tests/support/payments/given'
import { StarsWorld, valueOf } from '#tests/support/stars/world'

test.group('Money elsewhere in the panel', (group) => {
  const world = new StarsWorld()

  group.each.setup(async () => {
    await world.setup()
    const memory = await app.container.make(Memory)
    memory.forget()
    return () => {
      memory.forget()
      world.teardown()
    }
  })

  test('the dashboard tells what was sold, and its numbers open lists of exactly that', async ({ client, assert }) => {
    const order = await world.queued(await world.customer())
    await world.queued(await world.customer())
    const refunded = await world.queued(await world.customer(), { choice: { stars: 500 } })
    const { id } = await world.customer()
    await world.pay(valueOf(await createInvoice(id)))
    const admin = await createAdmin()
    await loginAs(client.post(`/admin/stars/orders/${refunded.reference}/refund`).form({ reason: 'x' }), admin)

    const page = await loginAs(client.get('/admin'), admin)
    assert.match(page.text(), /Orders<\/span>\s*<span class="stat-value ">2</)
    assert.include(page.text(), '200.00 TON')
    const [url] = /\/admin\/stars\/orders\?status=sold[^"]*/.exec(page.text())!
    const list = await loginAs(client.get(url.replaceAll('&amp;', '&')), admin)
    assert.include(list.text(), '1-2 of 2')
    assert.include(list.text(), order.reference)
    const [payments] = /\/admin\/payments\?status=honoured[^"]*/.exec(page.text())!
    const received = await loginAs(client.get(payments.replaceAll('&amp;', '&')), admin)
    assert.include(received.text(), '1-1 of 1')
  })

  test('the page of a customer shows their orders and payments', async ({ client, assert }) => {
    const customer = await world.customer({ ton: '0' })
    const { order, invoice } = valueOf(await world.buyByInvoice(customer))
    const page = await loginAs(client.get(`/admin/customers/${customer.id}`), await createAdmin())

    for (const part of [`/admin/stars/orders/${order.reference}`, `/admin/payments/${invoice.reference}`]) {
      assert.include(page.text(), part)
    }
    const other = await world.customer()
    const none = await loginAs(client.get(`/admin/customers/${other.id}`), await createAdmin({ email: 'b@a.org' }))
    assert.include(none.text(), 'This customer has not bought anything yet.')
  })
})
