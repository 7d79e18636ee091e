import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Memory } from '#stats/memory'
import type StarOrder from '#stars/models/star_order'
import { createAdmin, loginAs } from '#tests/support/staff'
import { money, StarsWorld, valueOf } from '#tests/support/stars/world'
import { DAY } from '#tests/support/test_clock'

const PATH = '/admin/stars/orders'
const pathOf = ({ reference }: StarOrder) => `${PATH}/${reference}`

test.group('Stars orders in the panel', (group) => {
  const world = new StarsWorld()

  group.each.setup(async () => {
    await world.setup()
    const memory = await app.container.make(Memory)
    memory.forget()
    return () => world.teardown()
  })

  const unpaidOrder = async () => {
    const { order } = valueOf(await world.buyByInvoice(await world.customer({ ton: '0' })))
    return order
  }
  const recipient = { kind: 'username', username: 'Petro_k' } as const

  test('the page of an order shows its way, its money and what happened', async ({ client, assert }) => {
    const customer = await world.customer({ firstName: 'Olena', lastName: null })
    const order = await world.queued(customer, { recipient })
    const page = await loginAs(client.get(pathOf(order)), await createAdmin())

    const texts = [
      'Being delivered',
      '100.00',
      '@Petro_k',
      'Wallet of Olena',
      'Stars owed to customers',
      'Order made',
      'By hand',
    ]
    for (const text of texts) assert.include(page.text(), text)
    assert.include(page.text(), `/admin/customers/${customer.id}`)
  })

  test('an order paid by invoice leads to it, and the invoice leads back', async ({ client, assert }) => {
    const { order, invoice } = valueOf(await world.buyByInvoice(await world.customer({ ton: '0' })))
    const admin = await createAdmin()
    const page = await loginAs(client.get(pathOf(order)), admin)
    assert.include(page.text(), `/admin/payments/${invoice.reference}`)
    const payment = await loginAs(client.get(`/admin/payments/${invoice.reference}`), admin)
    assert.include(payment.text(), pathOf(order))
    assert.include(payment.text(), 'Stars order')
  })

  test('the list is searched and filtered, and its CSV is what is filtered', async ({ client, assert }) => {
    const olena = await world.customer({ firstName: 'Olena', searchName: 'olena' })
    const first = await world.queued(olena, { recipient })
    const second = await unpaidOrder()
    const admin = await createAdmin()
    const list = async (qs: object) => {
      const response = await loginAs(client.get(PATH).qs(qs), admin)
      response.assertStatus(200)
      return response.text()
    }
    for (const qs of [
      { q: first.reference.toLowerCase() },
      { q: '@petro' },
      { q: 'PETRO' },
      { q: 'olen' },
      { status: 'owed' },
      { pay: 'balance' },
      { provider: 'manual' },
    ]) {
      const text = await list(qs)
      assert.include(text, `>${first.reference}<`, JSON.stringify(qs))
      assert.notInclude(text, `>${second.reference}<`, JSON.stringify(qs))
    }
    assert.include(await list({ status: 'unpaid' }), `>${second.reference}<`)
    const csv = await list({ status: 'fulfilling', format: 'csv' })
    assert.lengthOf(csv.trim().split('\n'), 2)
    assert.include(csv, `${first.reference},`)
  })

  test('the queue shows what waits, the oldest first, and the sidebar counts it', async ({ client, assert }) => {
    const older = await world.queued(await world.customer(), { recipient })
    world.clock.advance(DAY)
    const newer = await world.queued(await world.customer())
    const response = await loginAs(client.get(`${PATH}/queue`), await createAdmin())

    const text = response.text()
    assert.isBelow(text.indexOf(`>${older.reference}<`), text.indexOf(`>${newer.reference}<`))
    assert.include(text, '1 d')
    assert.include(text, 'https://t.me/Petro_k')
    assert.match(text, /Orders<\/span>\s*<span class="panel-nav-count">2</)
  })

  test('one click marks an order delivered, with a note', async ({ client, assert }) => {
    const order = await world.queued(await world.customer())
    const admin = await createAdmin({ role: 'support' })
    const form = { ids: order.id, note: 'Bought by hand, #4711' }
    const response = await loginAs(client.post(`${PATH}/deliveries`).form(form).redirects(0), admin)

    response.assertFlashMessage('success', '1 order is delivered.')
    await order.refresh()
    assert.equal(order.status, 'fulfilled')
    const page = await loginAs(client.get(pathOf(order)), admin)
    assert.include(page.text(), 'Bought by hand, #4711')
    assert.notInclude(page.text(), '/refund/create')
  })

  test('many are marked delivered after a preview; what does not wait any more is left out', async ({
    client,
    assert,
  }) => {
    const orders = [await world.queued(await world.customer()), await world.queued(await world.customer())]
    const unpaid = await unpaidOrder()
    const ids = [...orders, unpaid].map(({ id }) => id).join()
    const admin = await createAdmin()

    const preview = await loginAs(client.get(`${PATH}/deliveries/create`).qs({ ids }), admin)
    for (const text of ['Mark 2 orders delivered', 'handed over 200 Stars', '1 of the chosen does not wait']) {
      assert.include(preview.text(), text)
    }
    const response = await loginAs(client.post(`${PATH}/deliveries`).form({ ids }).redirects(0), admin)
    assert.include(response.flashMessage('success'), '2 orders are delivered. 1 ×: ')
    await unpaid.refresh()
    assert.equal(unpaid.status, 'awaiting_payment')
    const empty = await loginAs(client.get(`${PATH}/queue`), admin)
    assert.include(empty.text(), 'Nothing waits for you')
  })

  test('a bulk action without rows leads back with a hint', async ({ client }) => {
    const response = await loginAs(client.get(`${PATH}/deliveries/create`).redirects(0), await createAdmin())
    response.assertHeader('location', `${PATH}/queue`)
    response.assertFlashMessage('warning', 'Choose at least one order in the list first.')
  })

  test('the preview of a refund is what happens, and leaves nothing behind', async ({ client, assert }) => {
    const customer = await world.customer({ firstName: 'Olena', lastName: null, ton: '150' })
    const order = await world.queued(customer)
    const admin = await createAdmin()
    const preview = await loginAs(client.get(`${pathOf(order)}/refund/create`), admin)

    for (const text of ['Revenue', 'Wallet of Olena', '+100.00', 'then 150.00', 'Stars inventory'])
      assert.include(preview.text(), text)
    await order.refresh()
    assert.equal(order.status, 'fulfilling')
    assert.equal(String(await world.balance(customer)), String(money('50')))
    assert.lengthOf(await db.from('ledger_transfers').where('kind', 'refund'), 0)

    await loginAs(
      client
        .post(`${pathOf(order)}/refund`)
        .form({ reason: 'No such user' })
        .redirects(0),
      admin
    )
    await order.refresh()
    assert.equal(order.status, 'refunded')
    assert.equal(String(await world.balance(customer)), String(money('150')))
  })

  test('a refund needs a reason, and an order that is closed leads back', async ({ client, assert }) => {
    const order = await world.queued(await world.customer())
    const admin = await createAdmin()
    const response = await loginAs(
      client
        .post(`${pathOf(order)}/refund`)
        .form({ reason: ' ' })
        .redirects(0),
      admin
    )
    assert.property(response.flashMessage('inputErrorsBag'), 'reason')
    await order.refresh()
    assert.equal(order.status, 'fulfilling')

    await loginAs(client.post(`${PATH}/deliveries`).form({ ids: order.id }), admin)
    const closed = await loginAs(client.get(`${pathOf(order)}/refund/create`).redirects(0), admin)
    closed.assertHeader('location', pathOf(order))
  })

  test('an unpaid order is cancelled with its invoice', async ({ client, assert }) => {
    const { order, invoice } = valueOf(await world.buyByInvoice(await world.customer({ ton: '0' })))
    await loginAs(client.post(`${pathOf(order)}/cancellation`).redirects(0), await createAdmin())
    await order.refresh()
    assert.equal(order.status, 'cancelled')
    await invoice.refresh()
    assert.equal(invoice.status, 'cancelled')
  })
})
