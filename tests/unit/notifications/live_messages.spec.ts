import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { transaction } from '#core/database/transaction'
import type Customer from '#customers/models/customer'
import Notification, { type NotificationStatus } from '#notifications/models/notification'
import { LiveMessages, type LiveMessage } from '#notifications/outbox/live_messages'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'

test.group('Live messages', (group) => {
  let customer: Customer
  group.each.setup(async () => {
    await resetDatabase()
    customer = await CustomerFactory.create()
  })

  const write = async (change: string, more: Partial<LiveMessage> = {}) => {
    const messages = await app.container.make(LiveMessages)
    const { id: customerId, telegramId: chatId } = customer
    const message = {
      type: 'ORDER' as const,
      chatId,
      customerId,
      key: 'star_order:1',
      change,
      template: change,
      ...more,
    }
    await transaction((trx) => messages.write(trx, message))
  }
  const rows = () => Notification.query().orderBy('id')
  const shown = async () => {
    const all = await rows()
    return all.map(({ operation, template, targetMessageId, status }) => [operation, template, targetMessageId, status])
  }
  const becomes = async (status: NotificationStatus, telegramMessageId: number | null = null) => {
    const row = await Notification.query().orderBy('id', 'desc').firstOrFail()
    await row.merge({ status, telegramMessageId }).save()
  }

  test('the first change is sent, the next ones edit it', async ({ assert }) => {
    await write('created')
    await becomes('SENT', 555)
    await write('paid')
    await becomes('SENT')
    await write('fulfilled')
    assert.deepEqual(await shown(), [
      ['send', 'created', null, 'SENT'],
      ['edit', 'paid', 555, 'SENT'],
      ['edit', 'fulfilled', 555, 'PENDING'],
    ])
  })

  test('what has not left yet is reworded where it waits')
    .with(['PENDING', 'FAILED'] as const)
    .run(async ({ assert }, status) => {
      await write('created')
      await becomes(status)
      await write('paid', { params: { stars: 5 }, buttons: [[{ action: 'menu' }]] })
      const [row, ...others] = await rows()
      assert.lengthOf(others, 0)
      assert.containSubset(row.serialize(), { template: 'paid', params: { stars: 5 }, buttons: [[{ action: 'menu' }]] })
    })

  test('when nobody knows what became of it, the news is sent anew')
    .with(['PROCESSING', 'UNKNOWN', 'PERMANENT_FAILURE', 'CANCELLED'] as const)
    .run(async ({ assert }, status) => {
      await write('created')
      await becomes(status)
      await write('paid')
      assert.deepEqual(await shown(), [
        ['send', 'created', null, status],
        ['send', 'paid', null, 'PENDING'],
      ])
    })

  test('a screen of the bot becomes the message', async ({ assert }) => {
    await write('paid', { messageId: 42 })
    await write('fulfilled', { messageId: 42 })
    assert.deepEqual(await shown(), [
      ['edit', 'paid', 42, 'CANCELLED'],
      ['edit', 'fulfilled', 42, 'PENDING'],
    ])
  })

  test('an edit that is tried again does not overwrite a later one', async ({ assert }) => {
    await write('paid', { messageId: 42 })
    await becomes('FAILED')
    await write('fulfilled', { messageId: 42 })
    const [first] = await rows()
    assert.deepEqual([first.status, first.reason], ['CANCELLED', 'superseded'])
  })

  test('messages of other keys and other customers are left alone', async ({ assert }) => {
    await write('created')
    await becomes('SENT', 555)
    await write('created', { key: 'star_order:10' })
    const other = await CustomerFactory.create()
    await write('paid', { customerId: other.id, chatId: other.telegramId })
    const all = await shown()
    assert.deepEqual(
      all.map(([operation]) => operation),
      ['send', 'send', 'send']
    )
  })

  test('the same change twice is one message', async ({ assert }) => {
    await write('created')
    await becomes('SENT', 555)
    await write('paid')
    await becomes('SENT')
    await write('paid')
    assert.lengthOf(await rows(), 2)
  })
})
