import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { ApiKeyFactory } from '#database/factories/api_key_factory'
import { IntegrationEvents } from '#core/contracts/integration_events'
import { transaction } from '#core/database/transaction'
import StoredEvent from '#staff/models/integration_event'
import WebhookDelivery from '#staff/models/webhook_delivery'
import { emit, entryConfirmed } from '#tests/support/api/events'
import { resetDatabase } from '#tests/support/database'

const ENTRY = entryConfirmed(12)
const LISTENING = { webhookUrl: 'https://shop.example/hook', webhookEvents: ['raffle.entry_confirmed' as const] }

test.group('Events for programs', (group) => {
  group.each.setup(() => resetDatabase())

  test('are owed to every key that asked for them, and to no other', async ({ assert }) => {
    const asked = await ApiKeyFactory.merge(LISTENING).create()
    await ApiKeyFactory.merge({ ...LISTENING, webhookEvents: ['raffle.winner_picked'] }).create()
    await ApiKeyFactory.merge({ ...LISTENING, webhookUrl: null }).create()
    await ApiKeyFactory.merge({ ...LISTENING, revokedAt: 1 }).create()

    await emit(ENTRY)

    const owed = await WebhookDelivery.query().preload('event')
    assert.deepEqual(
      owed.map(({ apiKeyId, status, event }) => [apiKeyId, status, event.data]),
      [[asked.id, 'waiting', ENTRY.data]]
    )
  })

  test('given the same event many times at once, it is kept and owed once', async ({ assert }) => {
    await ApiKeyFactory.merge(LISTENING).create()
    await Promise.all(Array.from({ length: 8 }, () => emit(ENTRY)))
    assert.lengthOf(await StoredEvent.all(), 1)
    assert.lengthOf(await WebhookDelivery.all(), 1)
  })

  test('are gone with the change that they tell of', async ({ assert }) => {
    const events = await app.container.make(IntegrationEvents)
    const failing = transaction(async (trx) => {
      await events.emit(trx, ENTRY)
      throw new Error('undone')
    })
    await assert.rejects(() => failing, 'undone')
    assert.lengthOf(await StoredEvent.all(), 0)
  })
})
