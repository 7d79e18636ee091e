import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#core/database/dialect'
import { customersList } from '#admin/customers/customers_list'
import { TEXT_MAX_LENGTH } from '#notifications/actions/write_to_customer'
import Notification from '#notifications/models/notification'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { createNotification } from '#tests/support/notifications'
import { createAdmin, loginAs } from '#tests/support/staff'

const auditActions = async () => {
  const entries = await db
    .from('audit_entries')
    .where('subject_type', 'customer')
    .orderBy('id')
    .select('action', 'subject_id')
  return entries.map(({ action, subject_id: id }) => `${action} ${id}`)
}

test.group('Customers in the panel', (group) => {
  group.each.setup(() => resetDatabase())

  test('a form without its token changes nothing and says that it has expired', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    const response = await client
      .post('/admin/customers/bans')
      .loginAs(await createAdmin())
      .form({ ids: String(customer.id), reason: 'Spam', _csrf: 'forged' })
      .accept('html')

    response.assertStatus(419)
    assert.include(response.text(), 'This form has expired')
    await customer.refresh()
    assert.isFalse(customer.isBanned)
    assert.deepEqual(await auditActions(), [])
  })

  test('a ban needs a reason', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    const request = client
      .post('/admin/customers/bans')
      .form({ ids: String(customer.id), reason: '  ' })
      .redirects(0)
    const response = await loginAs(request, await createAdmin())

    response.assertStatus(302)
    assert.property(response.flashMessage('inputErrorsBag'), 'reason')
    await customer.refresh()
    assert.isFalse(customer.isBanned)
  })

  test('a ban of many leaves out who is banned already and says so', async ({ client, assert }) => {
    const [first, second] = await CustomerFactory.createMany(2)
    const banned = await CustomerFactory.apply('banned').create()
    const ids = [first.id, second.id, banned.id, 999_999].join()
    const request = client.post('/admin/customers/bans').form({ ids, reason: 'Ring' }).redirects(0)
    const response = await loginAs(request, await createAdmin())

    response.assertHeader('location', '/admin/customers')
    response.assertFlashMessage('success', '2 customers are banned now. 1 was banned already. 1 does not exist.')
    assert.deepEqual(await auditActions(), [`customer.banned ${first.id}`, `customer.banned ${second.id}`])
    await banned.refresh()
    assert.equal(banned.banReason, 'Spam')
  })

  test('the preview of a ban counts what waits for them', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    await createNotification({ customerId: customer.id, status: 'PENDING' })
    const response = await loginAs(
      client.get('/admin/customers/bans/create').qs({ ids: customer.id }),
      await createAdmin()
    )

    assert.include(response.text(), '1 message waits for them')
    assert.include(response.text(), `name="ids" value="${customer.id}"`)
  })

  test('a bulk action without rows leads back with a hint', async ({ client }) => {
    const response = await loginAs(client.get('/admin/customers/bans/create').redirects(0), await createAdmin())
    response.assertHeader('location', '/admin/customers')
    response.assertFlashMessage('warning', 'Choose at least one customer in the list first.')
  })

  test('the ban of all that match takes exactly them', async ({ client, assert }) => {
    const [german, other] = [
      await CustomerFactory.merge({ language: 'uk' }).create(),
      await CustomerFactory.merge({ language: 'ru' }).create(),
    ]
    const qs = { all: '1', language: 'uk' }
    const response = await loginAs(client.get('/admin/customers/bans/create').qs(qs), await createAdmin())
    assert.include(response.text(), `name="ids" value="${german.id}"`)
    assert.notInclude(response.text(), `/admin/customers/${other.id}"`)
  })

  test('a message of an admin goes through the outbox and the audit log', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    const request = client.post(`/admin/customers/${customer.id}/messages`).form({ text: ' <b>Hi</b>\r\nthere ' })
    const response = await loginAs(request.redirects(0), await createAdmin())

    response.assertHeader('location', `/admin/customers/${customer.id}`)
    const message = await Notification.firstOrFail()
    assert.deepEqual(message.params, { text: '<b>Hi</b>\nthere' })
    assert.deepEqual([message.type, message.status, message.chatId], ['SUPPORT', 'PENDING', customer.telegramId])
    assert.deepEqual(await auditActions(), [`customer.written_to ${customer.id}`])
  })

  test('a message longer than Telegram takes is refused by the field', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    const request = client
      .post(`/admin/customers/${customer.id}/messages`)
      .form({ text: 'x'.repeat(TEXT_MAX_LENGTH + 1) })
    const response = await loginAs(request.redirects(0), await createAdmin())

    assert.property(response.flashMessage('inputErrorsBag'), 'text')
    assert.lengthOf(await Notification.all(), 0)
  })

  test('an anonymised customer is forgotten, and so is what was written to them', async ({ client, assert }) => {
    const customer = await CustomerFactory.merge({ firstName: 'Oksana' }).create()
    const columns = { customerId: customer.id, params: { text: 'Dear Oksana' } }
    const sent = await createNotification(columns)
    const waiting = await createNotification({ ...columns, status: 'PENDING' })
    const other = await createNotification({ params: { text: 'Dear Petro' } })
    const admin = await createAdmin({ role: 'manager' })

    const page = await loginAs(client.get(`/admin/customers/${customer.id}/anonymisation/create`), admin)
    assert.include(page.text(), 'undone')
    await loginAs(client.post(`/admin/customers/${customer.id}/anonymisation`).redirects(0), admin)

    await Promise.all([customer.refresh(), sent.refresh(), waiting.refresh(), other.refresh()])
    assert.isTrue(customer.isAnonymised)
    assert.deepEqual([sent.params, waiting.params, other.params], [null, null, { text: 'Dear Petro' }])
    assert.deepEqual([waiting.status, waiting.reason], ['CANCELLED', 'anonymised'])
    assert.deepEqual(await auditActions(), [`customer.anonymised ${customer.id}`])
    const after = await loginAs(client.get(`/admin/customers/${customer.id}`), admin)
    assert.include(after.text(), 'nothing personal is kept')
    assert.notInclude(after.text(), '/anonymisation/create')
  })

  test('nobody is anonymised by an admin without the right', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    const request = client.post(`/admin/customers/${customer.id}/anonymisation`).redirects(0)
    const response = await loginAs(request, await createAdmin({ role: 'support' }))

    response.assertStatus(403)
    await customer.refresh()
    assert.isFalse(customer.isAnonymised)
  })

  test('nobody is written to who was anonymised', async ({ client, assert }) => {
    const customer = await CustomerFactory.merge({ anonymisedAt: 1 }).create()
    const request = client.post(`/admin/customers/${customer.id}/messages`).form({ text: 'Hello' })
    const response = await loginAs(request.redirects(0), await createAdmin())

    response.assertFlashMessage('error', 'This customer was anonymised: nothing can be sent to them.')
    assert.lengthOf(await Notification.all(), 0)
  })

  test('names and messages are shown as text, never as markup', async ({ client, assert }) => {
    const customer = await CustomerFactory.merge({ firstName: '<img src=x onerror=alert(1)>', lastName: null }).create()
    await createNotification({ customerId: customer.id, params: { text: '<script>alert(2)</script>' } })
    const admin = await createAdmin()

    for (const path of ['/admin/customers', `/admin/customers/${customer.id}`, '/admin/notifications/1']) {
      const response = await loginAs(client.get(path), admin)
      assert.notInclude(response.text(), '<img src=x')
      assert.notInclude(response.text(), '<script>alert')
    }
  })

  test('customers of one language are read in the order of the list, not sorted', async ({ assert }) => {
    const queries: Array<{ sql: string; bindings: any[] }> = []
    const connection = db.connection().getReadClient()
    const listen = (query: { sql: string; bindings: any[] }) => queries.push(query)
    connection.on('query', listen)
    await customersList.rows(customersList.state({ language: 'uk' }), 0, 1)
    connection.off('query', listen)

    const [{ sql, bindings }] = queries
    const steps = await db.rawQuery(`EXPLAIN QUERY PLAN ${sql}`, bindings)
    const details = steps.map(({ detail }: { detail: string }) => detail)
    assert.lengthOf(details, 1)
    assert.match(details[0], /USING INDEX customers_language_active_index/)
  }).skip(() => isPostgres(), 'its planner reads small tables as a whole')

  test('an unknown customer is not found', async ({ client }) => {
    const response = await loginAs(client.get('/admin/customers/999999'), await createAdmin())
    response.assertStatus(404)
  })

  test('whoever may only look is offered no action', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    const admin = await createAdmin({ role: 'read-only' })
    const [page, list] = [
      await loginAs(client.get(`/admin/customers/${customer.id}`), admin),
      await loginAs(client.get('/admin/customers'), admin),
    ]
    assert.notInclude(page.text(), '/bans/create')
    assert.notInclude(page.text(), '/messages/create')
    assert.notInclude(list.text(), 'name="ids"')
  })

  test('the CSV is the filtered list', async ({ client, assert }) => {
    const customer = await CustomerFactory.merge({ language: 'uk' }).create()
    await CustomerFactory.merge({ language: 'en' }).create()
    const request = client.get('/admin/customers').qs({ language: 'uk', format: 'csv' })
    const response = await loginAs(request, await createAdmin())

    response.assertHeader('content-type', 'text/csv; charset=utf-8')
    response.assertHeader('content-disposition', 'attachment; filename="customers.csv"')
    const lines = response.text().trim().split('\n')
    assert.lengthOf(lines, 2)
    assert.include(lines[1], `${customer.id},${customer.telegramId},${customer.username}`)
  })
})

test.group('The timeline of a customer', (group) => {
  group.each.setup(() => resetDatabase())

  test('gathers what every room knows, newest first, page by page', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    for (let i = 1; i <= 30; i++) {
      const params = { text: `Message ${i}.` }
      await createNotification({ customerId: customer.id, createdAt: customer.createdAt + i * 1000, params })
    }
    const admin = await createAdmin()

    const newest = await loginAs(client.get(`/admin/customers/${customer.id}`), admin)
    assert.include(newest.text(), 'Message 30.')
    assert.notInclude(newest.text(), 'Message 10.')
    const before = /before=(\d+)/.exec(newest.text())![1]

    const older = await loginAs(client.get(`/admin/customers/${customer.id}`).qs({ before }), admin)
    assert.include(older.text(), 'Message 10.')
    assert.include(older.text(), 'Wrote to the bot for the first time')
    assert.notInclude(older.text(), 'Message 11.')
  })

  test('shows one kind alone', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    await createNotification({ customerId: customer.id, params: { text: 'Your order left.' } })
    const qs = { kind: 'profile', before: 'never' }
    const response = await loginAs(client.get(`/admin/customers/${customer.id}`).qs(qs), await createAdmin())

    assert.include(response.text(), 'Started the bot')
    assert.notInclude(response.text(), 'Your order left.')
  })

  test('tells who banned, and why', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    const admin = await createAdmin({ fullName: 'Mira Novak' })
    await loginAs(client.post('/admin/customers/bans').form({ ids: customer.id, reason: 'Spam ring' }), admin)

    const response = await loginAs(client.get(`/admin/customers/${customer.id}`), admin)

    assert.include(response.text(), 'Banned by Mira Novak')
    assert.include(response.text(), 'Spam ring')
  })
})
