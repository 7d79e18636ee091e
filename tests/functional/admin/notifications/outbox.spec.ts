import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#core/database/dialect'
import { notificationsList } from '#admin/notifications/notifications_list'
import { BroadcastContent, type BroadcastOutcome } from '#core/contracts/broadcast_content'
import Notification, { NOTIFICATION_STATUSES } from '#notifications/models/notification'
import { NoBroadcasts } from '#notifications/no_broadcasts'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { createNotification } from '#tests/support/notifications'
import { createAdmin, loginAs } from '#tests/support/staff'

const statuses = async () => {
  const rows = await Notification.query().orderBy('id')
  return rows.map(({ status }) => status)
}

async function oneOfEach(attributes = {}) {
  const ids = []
  for (const status of NOTIFICATION_STATUSES) {
    const message = await createNotification({ status, attempts: 3, error: 'e', ...attributes })
    ids.push(message.id)
  }
  return ids
}

test.group('Outbox', (group) => {
  group.each.setup(() => resetDatabase())

  test('sends again what has not arrived, with all its attempts', async ({ client, assert }) => {
    const ids = await oneOfEach()
    const request = client.post('/admin/notifications/retries').form({ ids: ids.join() }).redirects(0)
    const response = await loginAs(request, await createAdmin())

    response.assertFlashMessage('success', '4 messages leave again.')
    assert.deepEqual(await statuses(), ['PENDING', 'PROCESSING', 'SENT', 'PENDING', 'PENDING', 'PENDING', 'PENDING'])
    const again = await Notification.findOrFail(ids[4])
    assert.deepEqual([again.attempts, again.error, again.reason], [0, null, null])
    assert.isAbove(again.scheduledAt, again.createdAt)
    const [{ total }] = await db.from('audit_entries').where('action', 'notification.retried').count('* as total')
    assert.equal(Number(total), 4)
  })

  test('leaves messages of broadcasts to their broadcast', async ({ client, assert }) => {
    const message = await createNotification({ status: 'UNKNOWN', type: 'BROADCAST', broadcastId: 7, template: null })
    const admin = await createAdmin()
    const preview = await loginAs(client.get('/admin/notifications/retries/create').qs({ ids: message.id }), admin)
    const response = await loginAs(
      client.post('/admin/notifications/retries').form({ ids: message.id }).redirects(0),
      admin
    )

    assert.include(preview.text(), '1 belongs to a broadcast and is left out')
    response.assertFlashMessage('warning', 'Nothing could be sent again.')
    assert.deepEqual(await statuses(), ['UNKNOWN'])
  })

  test("lists a broadcast's messages from an index, without sorting all of them", async ({ assert }) => {
    for (const broadcastId of [7, 8, 7]) await createNotification({ type: 'BROADCAST', broadcastId, template: null })
    const queries: Array<{ sql: string; bindings: unknown[] }> = []
    const listen = (query: { sql: string; bindings: unknown[] }) => queries.push(query)
    const connection = db.connection().getWriteClient()
    connection.on('query', listen)
    const rows = await notificationsList.rows(notificationsList.state({ broadcast: '7' }), 0, 1)
    connection.removeListener('query', listen)

    assert.lengthOf(rows, 2)
    const [{ sql, bindings }] = queries
    const steps = await db.rawQuery(`EXPLAIN QUERY PLAN ${sql}`, bindings as any[])
    const details = steps.map(({ detail }: { detail: string }) => detail).join('\n')
    assert.include(details, 'SEARCH notifications USING INDEX notifications_of_broadcast_index (broadcast_id=?)')
    assert.notInclude(details, 'TEMP B-TREE')
  }).skip(() => isPostgres(), 'its planner reads small tables as a whole')

  test('cancels what has not left, and nothing else', async ({ client, assert }) => {
    const ids = await oneOfEach()
    const request = client.post('/admin/notifications/cancellations').form({ ids: ids.join() }).redirects(0)
    const response = await loginAs(request, await createAdmin())

    response.assertFlashMessage('success', '2 messages were cancelled.')
    const [pending, processing, sent, failed] = await statuses()
    assert.deepEqual([pending, processing, sent, failed], ['CANCELLED', 'PROCESSING', 'SENT', 'CANCELLED'])
  })

  test('a broadcast hears of its cancelled messages', async ({ client, assert, cleanup }) => {
    const heard: BroadcastOutcome[] = []
    const listening: BroadcastContent = Object.assign(new NoBroadcasts(), {
      record: async (_trx: unknown, outcomes: BroadcastOutcome[]) => void heard.push(...outcomes),
    })
    app.container.swap(BroadcastContent, () => listening)
    cleanup(() => app.container.restore(BroadcastContent))
    const message = await createNotification({ status: 'PENDING', type: 'BROADCAST', broadcastId: 7, template: null })

    await loginAs(client.post('/admin/notifications/cancellations').form({ ids: message.id }), await createAdmin())

    assert.deepEqual(
      heard.map(({ rowId, broadcastId, status }) => [rowId, broadcastId, status]),
      [[message.id, 7, 'CANCELLED']]
    )
  })

  test('the preview says which of the chosen may arrive twice', async ({ client, assert }) => {
    await oneOfEach()
    const request = client.get('/admin/notifications/retries/create').qs({ all: '1', status: 'problem' })
    const response = await loginAs(request, await createAdmin())

    assert.include(response.text(), '2 messages are sent again')
    assert.include(response.text(), '1 has an unknown outcome: it may arrive twice.')
  })

  test('finds messages by customer, by chat and by what became of them', async ({ client, assert }) => {
    const customer = await CustomerFactory.create()
    await createNotification({ customerId: customer.id, chatId: customer.telegramId, params: { text: 'x' } })
    await createNotification({ chatId: -100_200_300, type: 'ADMIN_ALERT', status: 'FAILED' })
    const admin = await createAdmin()
    const found = async (qs: Record<string, string | number>) => {
      const response = await loginAs(client.get('/admin/notifications').qs({ ...qs, format: 'csv' }), admin)
      return response
        .text()
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => Number(line.split(',')[0]))
    }

    assert.deepEqual(await found({ q: customer.telegramId }), [1])
    assert.deepEqual(await found({ q: `@${customer.username!.slice(0, 4).toUpperCase()}` }), [1])
    assert.deepEqual(await found({ q: '-100200300' }), [2])
    assert.deepEqual(await found({ status: 'waiting' }), [2])
    assert.deepEqual(await found({ type: 'ADMIN_ALERT' }), [2])
    assert.deepEqual(await found({ priority: 'first' }), [1])
    assert.deepEqual(await found({ customer: customer.id }), [1])
    assert.deepEqual(await found({ broadcast: 5 }), [])
    assert.deepEqual(await found({ q: '@' }), [])
  })

  test('names a text that no longer exists', async ({ client, assert }) => {
    const message = await createNotification({ template: 'gone_with_the_wind' })
    const response = await loginAs(client.get(`/admin/notifications/${message.id}`), await createAdmin())
    assert.include(response.text(), 'gone_with_the_wind')
  })
})
