import { createHmac } from 'node:crypto'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { ReplaceWebhookSecret } from '#staff/actions/replace_webhook_secret'
import { ReplayDelivery } from '#staff/actions/replay_delivery'
import { RevokeApiKey } from '#staff/actions/revoke_api_key'
import WebhookDelivery from '#staff/models/webhook_delivery'
import { SweepWebhookDeliveries } from '#staff/ticks/sweep_webhook_deliveries'
import { DueWebhooks } from '#staff/webhooks/due_webhooks'
import { differencesFromSchema } from '#tests/support/api/document'
import { emit, entryConfirmed } from '#tests/support/api/events'
import { givenListener, OLENA, taken } from '#tests/support/api/keys'
import { Receiver, type Received } from '#tests/support/api/receiver'
import { resetDatabase } from '#tests/support/database'
import { HOUR, SECOND, TestClock } from '#tests/support/test_clock'

const signedWith = (secret: string, { headers, body }: Received) => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`
}

test.group('Delivery of webhooks', (group) => {
  let clock: TestClock
  let receiver: Receiver

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    clock = new TestClock()
    app.container.swap(Clock, () => clock)
    receiver = await Receiver.start()
    return async () => {
      app.container.restore(Clock)
      await receiver.stop()
    }
  })

  const happened = (block: number) => emit(entryConfirmed(block))

  const sweep = async () => {
    const tick = await app.container.make(SweepWebhookDeliveries)
    await tick.run(new AbortController().signal)
  }

  const countJobs = async () => {
    const [{ jobs }] = await db.from('queue_jobs').count('* as jobs')
    return Number(jobs)
  }

  const blocksReceived = () => receiver.received.map(({ body }) => JSON.parse(body).data.block_number)

  test('a program can check who speaks, of what and when', async ({ assert }) => {
    const { secret } = await givenListener(receiver.url)
    await happened(12)
    await sweep()

    const [{ headers, body }] = receiver.received
    assert.deepEqual(differencesFromSchema('EntryConfirmed', JSON.parse(body)), [])
    const { id, ...told } = JSON.parse(body)
    assert.deepEqual(told, {
      type: 'raffle.entry_confirmed',
      timestamp: new Date(clock.now()).toISOString(),
      data: entryConfirmed(12).data,
    })
    assert.equal(headers['webhook-id'], id)
    assert.equal(Number(headers['webhook-timestamp']) * SECOND, clock.now())
    assert.equal(headers['webhook-signature'], signedWith(secret, receiver.received[0]))
  })

  test('given a secret that was replaced, then the old one signs as well for a day', async ({ assert }) => {
    const { key, secret: old } = await givenListener(receiver.url)
    const replace = await app.container.make(ReplaceWebhookSecret)
    const { secret } = taken(await replace.handle({ apiKeyId: key.id, actor: OLENA }))
    await happened(1)
    await sweep()
    clock.advance(24 * HOUR)
    await happened(2)
    await sweep()
    const [first, second] = receiver.received
    assert.equal(first.headers['webhook-signature'], `${signedWith(secret, first)} ${signedWith(old, first)}`)
    assert.equal(second.headers['webhook-signature'], signedWith(secret, second))
  })

  test('what was taken is told once, in the order in which it happened', async ({ assert }) => {
    await givenListener(receiver.url)
    for (const entry of [1, 2, 3]) await happened(entry)
    await sweep()
    clock.advance(HOUR)
    await sweep()
    assert.deepEqual(blocksReceived(), [1, 2, 3])
    const deliveries = await WebhookDelivery.all()
    assert.deepEqual(
      deliveries.map(({ status, responseStatus }) => [status, responseStatus]),
      new Array(3).fill(['delivered', 204])
    )
  })

  test('given several processes at once, when they deliver, then each event is told once, in order', async ({
    assert,
  }) => {
    const { key } = await givenListener(receiver.url)
    for (const entry of [1, 2, 3, 4]) await happened(entry)
    const due = await app.container.make(DueWebhooks)
    await Promise.all(Array.from({ length: 6 }, () => due.deliverTo(key.id)))
    await due.deliverTo(key.id)
    assert.deepEqual(blocksReceived(), [1, 2, 3, 4])
  })

  test('given a receiver that fails, when it is mended, then it gets the same event later under the same id', async ({
    assert,
  }) => {
    await givenListener(receiver.url)
    await happened(1)
    await happened(2)
    receiver.answer = 500
    await sweep()
    assert.deepEqual(blocksReceived(), [1], 'the second waits for the first')

    receiver.answer = 200
    clock.advance(4 * SECOND)
    await sweep()
    await happened(3)
    await sweep()
    assert.deepEqual(blocksReceived(), [1], 'what failed is not due yet, and the others come after it')
    clock.advance(SECOND)
    await sweep()
    assert.deepEqual(blocksReceived(), [1, 1, 2, 3])
    assert.equal(receiver.received[0].headers['webhook-id'], receiver.received[1].headers['webhook-id'])
    const first = await WebhookDelivery.query().orderBy('id').firstOrFail()
    assert.containsSubset(first.serialize(), { status: 'delivered', attempts: 2, responseStatus: 200, error: null })
  })

  test('given a receiver that never answers well, then it is given up after nine attempts, admins hear of it, and a replay begins anew', async ({
    assert,
  }) => {
    await givenListener(receiver.url)
    await happened(1)
    receiver.answer = 503
    for (let attempt = 1; attempt <= 12; attempt++) {
      await sweep()
      clock.advance(24 * HOUR)
    }
    const delivery = await WebhookDelivery.firstOrFail()
    assert.lengthOf(receiver.received, 9)
    assert.containsSubset(delivery.serialize(), { status: 'failed', attempts: 9, error: 'It answered 503' })
    const alert = await db.from('admin_alerts').firstOrFail()
    assert.equal(alert.fingerprint, `webhook:${delivery.apiKeyId}`)
    assert.notInclude(JSON.stringify(alert), 'of-the-program')

    receiver.answer = 200
    await happened(2)
    await sweep()
    assert.deepEqual(blocksReceived().slice(9), [2], 'what was given up keeps nothing back')
    const replay = await app.container.make(ReplayDelivery)
    const jobs = await countJobs()
    taken(await replay.handle({ deliveryId: delivery.id, actor: OLENA }))
    assert.equal(await countJobs(), jobs + 1)
    await sweep()
    await delivery.refresh()
    assert.equal(delivery.status, 'delivered')
  })

  test('given nobody listens there, then the failure is noted without the address', async ({ assert }) => {
    const { key } = await givenListener('http://127.0.0.1:1/hook?token=of-the-program')
    await happened(1)
    const due = await app.container.make(DueWebhooks)
    await due.deliverTo(key.id)
    const { status, error } = await WebhookDelivery.firstOrFail()
    assert.equal(status, 'waiting')
    assert.include(error!, 'ECONNREFUSED')
    assert.notInclude(error!, 'of-the-program')
  })

  test('given a revoked key, then its program is told nothing any more', async ({ assert }) => {
    const { key } = await givenListener(receiver.url)
    await happened(1)
    const revoke = await app.container.make(RevokeApiKey)
    taken(await revoke.handle({ apiKeyId: key.id, actor: OLENA }))
    await happened(2)
    await sweep()
    assert.lengthOf(receiver.received, 0)
    const [{ id, status }, ...others] = await WebhookDelivery.all()
    assert.deepEqual([status, others.length], ['cancelled', 0])
    const replay = await app.container.make(ReplayDelivery)
    assert.containsSubset(await replay.handle({ deliveryId: id, actor: OLENA }), {
      refusal: { code: 'api_key_revoked' },
    })
  })

  test('given an event written down while its key {what}, then it is dropped and nothing is sent')
    .with([
      { what: 'was revoked', change: { revoked_at: 1 } },
      { what: 'lost its webhook', change: { webhook_url: null } },
    ])
    .run(async ({ assert }, { change }) => {
      const { key } = await givenListener(receiver.url)
      await happened(1)
      await db.from('api_keys').where('id', key.id).update(change)
      await sweep()
      assert.lengthOf(receiver.received, 0)
      const delivery = await WebhookDelivery.firstOrFail()
      assert.containsSubset(delivery.serialize(), { status: 'cancelled', attempts: 0, nextAttemptAt: null })
    })

  test('given a process that died while it delivered, then another one does after a minute', async ({ assert }) => {
    await givenListener(receiver.url)
    await happened(1)
    await WebhookDelivery.query().update({ attempts: 1, next_attempt_at: clock.now() + 60 * SECOND })
    await sweep()
    assert.lengthOf(receiver.received, 0)
    clock.advance(60 * SECOND)
    await sweep()
    assert.lengthOf(receiver.received, 1)
  })
})
