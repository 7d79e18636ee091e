import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CustomerFactory } from '#database/factories/customer_factory'
import { Attempts } from '#notifications/sender/attempts'
import { Claims } from '#notifications/sender/claims'
import { resetDatabase } from '#tests/support/database'
import { refusal } from '#tests/support/telegram/receiver'
import { broadcastRow, countOf, insertRow, insertRows, rowOf, valueOf } from '#tests/support/telegram/outbox_rows'
import { SenderWorld } from '#tests/support/telegram/sender_world'

test.group('Sender', (group) => {
  let world: SenderWorld
  group.each.setup(async () => {
    await resetDatabase()
    world = await new SenderWorld().open()
    return () => world.close()
  })

  const untilStatus = (id: number, status: string) =>
    world.sendUntil(async () => (await valueOf(id, 'status')) === status)

  test('sends what is due and keeps the identifiers of the messages', async ({ assert }) => {
    const [id] = await insertRows(30)
    const later = await insertRow({ scheduled_at: Date.now() + 3_600_000 })

    await world.sendUntil(async () => (await countOf('SENT')) === 30)

    assert.lengthOf(new Set(world.receiver.texts), 30)
    assert.include(await rowOf(id), { attempts: 1, status: 'SENT', error: null })
    assert.isAbove(await valueOf(id, 'telegram_message_id'), 0)
    assert.equal(await valueOf(later, 'status'), 'PENDING')
  })

  test('words a message in the language of the customer', async ({ assert }) => {
    const customer = await CustomerFactory.merge({ language: 'uk' }).create()
    const id = await insertRow({ customer_id: customer.id, chat_id: customer.telegramId })

    await untilStatus(id, 'SENT')

    assert.deepEqual(world.receiver.texts, ['[uk] message 0'])
  })

  test('sends news of money first and broadcasts last', async ({ assert }) => {
    world.rates.atOnce = 1
    await insertRow({ ...broadcastRow(), chat_id: 5 })
    await insertRow({ priority: 40, chat_id: 6 })
    const payment = await insertRow({ priority: 10, chat_id: 7 })

    await world.sendUntil(async () => (await countOf('SENT')) === 3)

    assert.deepEqual(
      world.receiver.calls.map(({ payload }) => payload.chat_id),
      [7, 6, 5]
    )
    assert.exists(payment)
  })

  test('a blocked bot is final and makes the customer unreachable', async ({ assert }) => {
    const customer = await CustomerFactory.create()
    world.receiver.answer(() => refusal(403, 'Forbidden: bot was blocked by the user'))
    const id = await insertRow({ customer_id: customer.id, chat_id: customer.telegramId })

    await untilStatus(id, 'PERMANENT_FAILURE')
    await customer.refresh()

    assert.include(await valueOf(id, 'error'), 'bot was blocked')
    assert.isNotNull(customer.unreachableAt)
    assert.lengthOf(world.receiver.calls, 1)
    assert.isEmpty(world.alerts.raised)
  })

  test('any other 400 is our own mistake: final, and admins are told', async ({ assert }) => {
    world.receiver.answer(() => refusal(400, "Bad Request: can't parse entities"))
    const id = await insertRow()

    await untilStatus(id, 'PERMANENT_FAILURE')

    assert.lengthOf(world.receiver.calls, 1)
    assert.equal(world.alerts.raised[0].severity, 'warning')
  })

  test('tries again after a failure of the server, later and later, five times at most', async ({ assert }) => {
    world.receiver.answer(() => refusal(500, 'Internal Server Error'))
    const id = await insertRow()

    for (let attempt = 1; attempt < 5; attempt++) {
      await untilStatus(id, 'FAILED')
      const row = await rowOf(id)
      assert.equal(row.attempts, attempt)
      assert.isAbove(row.scheduled_at - row.attempted_at, 900 * 4 ** (attempt - 1))
      await db.from('notifications').update({ scheduled_at: 0, status: 'PENDING' })
    }
    await untilStatus(id, 'PERMANENT_FAILURE')

    assert.lengthOf(world.receiver.calls, 5)
    assert.include(await valueOf(id, 'error'), 'Given up after 5')
  })

  test('a broken connection leaves a broadcast message unknown and repeats a transactional one', async ({ assert }) => {
    world.receiver.answer((_, index) => (index < 2 ? 'drop' : undefined))
    const [news, payment] = [await insertRow({ ...broadcastRow(), chat_id: 5 }), await insertRow({ chat_id: 6 })]

    await world.sendUntil(
      async () => (await valueOf(news, 'status')) === 'UNKNOWN' && (await valueOf(payment, 'attempts')) === 1
    )
    await db.from('notifications').where('id', payment).update({ scheduled_at: 0 })
    await untilStatus(payment, 'SENT')

    assert.equal(await valueOf(news, 'status'), 'UNKNOWN')
    assert.lengthOf(
      world.receiver.calls.filter(({ payload }) => payload.chat_id === 5),
      1
    )
  })

  test('given the database fails now and then, then the sender starts anew and every message goes out once', async ({
    assert,
    cleanup,
  }) => {
    const { claim } = Claims.prototype
    const { mark } = Attempts.prototype
    cleanup(() => {
      Object.assign(Claims.prototype, { claim })
      Object.assign(Attempts.prototype, { mark })
    })
    const failing = new Set([2, 5])
    let calls = 0
    Claims.prototype.claim = async function (...args) {
      if (failing.has(++calls)) throw new Error('connection lost')
      return claim.apply(this, args)
    }
    let isMarked = false
    Attempts.prototype.mark = async function (...args) {
      const marked = await mark.apply(this, args)
      if (isMarked) return marked
      isMarked = true
      throw new Error('connection lost after the commit')
    }
    await insertRows(100)

    await world.sendUntil(async () => (await countOf('SENT')) === 100)

    assert.lengthOf(world.receiver.calls, 100)
    assert.lengthOf(new Set(world.receiver.texts), 100)
  })

  test('no connection at all costs no attempt', async ({ assert }) => {
    const id = await insertRow({ ...broadcastRow(), chat_id: 5 })
    await world.receiver.stop()

    await world.sendUntil(async () => Boolean(await valueOf(id, 'error')))

    assert.include(await rowOf(id), { status: 'PENDING', attempts: 0 })
    await world.receiver.start()
  })
})
