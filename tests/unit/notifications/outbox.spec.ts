import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Outbox, type OutboxMessage } from '#core/contracts/outbox'
import { transaction } from '#core/database/transaction'
import Notification from '#notifications/models/notification'
import { resetDatabase } from '#tests/support/database'

const message: OutboxMessage = { type: 'SYSTEM', chatId: 7, template: 'system.hello' }

test.group('Outbox', (group) => {
  let outbox: Outbox
  group.each.setup(async () => {
    await resetDatabase()
    outbox = await app.container.make(Outbox)
  })

  const write = (...messages: OutboxMessage[]) => transaction((trx) => outbox.write(trx, messages))

  test('keeps all of a message', async ({ assert }) => {
    const buttons = [[{ action: 'order.show', id: 5 }]]
    await write({ ...message, params: { name: '<b>' }, buttons, photo: 'k', threadId: 3, scheduledAt: 99 })

    const row = await Notification.firstOrFail()
    assert.containSubset(row.serialize(), {
      type: 'SYSTEM',
      status: 'PENDING',
      operation: 'send',
      chatId: 7,
      threadId: 3,
    })
    assert.deepEqual([row.params, row.buttons, row.photo], [{ name: '<b>' }, buttons, 'k'])
    assert.equal(row.scheduledAt, 99)
  })

  test('puts news of money in front and broadcasts last', async ({ assert }) => {
    await write({ ...message, type: 'BROADCAST' }, { ...message, type: 'BET_WON' }, { ...message, type: 'PAYMENT' })

    const rows = await Notification.query().orderBy('priority')
    assert.deepEqual(
      rows.map(({ type }) => type),
      ['PAYMENT', 'BET_WON', 'BROADCAST']
    )
  })

  test('the same key twice is one message, also with other messages in between', async ({ assert }) => {
    await write({ ...message, dedupeKey: 'order:1' })
    await write(message, { ...message, dedupeKey: 'order:1' }, message)

    assert.lengthOf(await Notification.all(), 3)
  })

  test('leaves nothing behind when what it tells of is rolled back', async ({ assert }) => {
    await assert.rejects(() =>
      transaction(async (trx) => {
        await outbox.write(trx, message)
        throw new Error('late')
      })
    )
    assert.isNull(await Notification.first())
  })

  test('takes more messages than one statement can carry', async ({ assert }) => {
    await write(...Array.from({ length: 2_500 }, () => message))

    assert.lengthOf(await Notification.query().select('id'), 2_500)
  })

  test('refuses an edit that names no message', async ({ assert }) => {
    await assert.rejects(() => write({ ...message, operation: 'edit' }), /must name the message/)
  })
})
