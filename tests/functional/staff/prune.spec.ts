import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { Settings } from '#core/contracts/settings'
import { Ticks } from '#core/contracts/ticks'
import AdminLinkCode from '#staff/models/admin_link_code'
import AdminSession from '#staff/models/admin_session'
import SecurityEvent from '#staff/models/security_event'
import { PruneStaffRecords } from '#staff/ticks/prune_staff_records'
import { PruneApiRecords } from '#staff/ticks/prune_api_records'
import ApiRequest from '#staff/models/api_request'
import IntegrationEvent from '#staff/models/integration_event'
import WebhookDelivery from '#staff/models/webhook_delivery'
import { ApiKeyFactory } from '#database/factories/api_key_factory'
import { resetDatabase } from '#tests/support/database'
import { createAdmin } from '#tests/support/staff'
import { TestClock } from '#tests/support/test_clock'

const DAY = 86_400_000

test.group('Pruning of staff records', (group) => {
  group.each.setup(() => resetDatabase())

  test('old events, logins and codes go, in batches; young ones stay', async ({ assert }) => {
    const clock = new TestClock()
    const { id: adminId } = await createAdmin()
    const event = (age: number, subject: string) => {
      const createdAt = clock.now() - age
      return { kind: 'login.failed' as const, subject, ip: '', minute: 1, count: 1, createdAt, lastSeenAt: createdAt }
    }
    const session = (age: number) => {
      const at = clock.now() - age
      return { adminId, ip: '', userAgent: '', createdAt: at, lastSeenAt: at, revokedAt: null }
    }
    await SecurityEvent.createMany(Array.from({ length: 501 }, (_, number) => event(366 * DAY, `old ${number}`)))
    await SecurityEvent.create(event(364 * DAY, 'young'))
    await AdminSession.createMany([session(91 * DAY), session(89 * DAY)])
    await AdminLinkCode.create({ adminId, codeHash: 'x', createdAt: 1, expiresAt: clock.now() - 1 })

    const prune = new PruneStaffRecords(clock, await app.container.make(Settings))
    await prune.run(new AbortController().signal)

    assert.containsSubset(await SecurityEvent.all(), [{ subject: 'young' }])
    assert.lengthOf(await SecurityEvent.all(), 1)
    assert.lengthOf(await AdminSession.all(), 1)
    assert.lengthOf(await AdminLinkCode.all(), 0)
  })

  test('comes round by itself', async ({ assert }) => {
    const ticks = await app.container.make(Ticks)
    assert.include(
      ticks.all().map(({ name }) => name),
      'staff.prune'
    )
  })

  test('answers of the API go after a day, what programs were told after thirty', async ({ assert }) => {
    const clock = new TestClock()
    const { id: apiKeyId } = await ApiKeyFactory.create()
    const told = async (age: number, key: string) => {
      const createdAt = clock.now() - age
      const event = await IntegrationEvent.create({
        ...{ reference: key.padEnd(10, '0'), key, name: 'raffle.winner_picked', data: {}, createdAt },
      })
      await WebhookDelivery.create({ eventId: event.id, apiKeyId, status: 'delivered', attempts: 1, createdAt })
    }
    await told(31 * DAY, 'OLD')
    await told(29 * DAY, 'YOUNG')
    const request = { apiKeyId, route: 'POST /', bodyHash: '', claimedUntil: 1, createdAt: 1 }
    await ApiRequest.createMany([
      { ...request, key: 'old', expiresAt: clock.now() - 1 },
      { ...request, key: 'young', expiresAt: clock.now() + 1 },
    ])

    await new PruneApiRecords(clock).run(new AbortController().signal)

    const [event, ...others] = await IntegrationEvent.all()
    assert.deepEqual([event.key, others.length], ['YOUNG', 0])
    assert.lengthOf(await WebhookDelivery.all(), 1)
    const requests = await ApiRequest.all()
    assert.deepEqual(
      requests.map(({ key }) => key),
      ['young']
    )
  })
})
