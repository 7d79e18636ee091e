import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { TelegramPace } from '#core/contracts/telegram_pace'
import { resetDatabase } from '#tests/support/database'
import { refusal } from '#tests/support/telegram/receiver'
import { broadcastRow, countOf, insertRow, insertRows, rowOf, valueOf } from '#tests/support/telegram/outbox_rows'
import { SenderWorld } from '#tests/support/telegram/sender_world'

const tooMany = (seconds: number) => refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })

test.group('Sender that Telegram holds up', (group) => {
  let world: SenderWorld
  group.each.setup(async () => {
    await resetDatabase()
    world = await new SenderWorld().open()
    return () => world.close()
  })

  test('a 429 pauses everything for as long as it says and costs no attempt', async ({ assert }) => {
    world.receiver.answer((_, index) => (index === 0 ? tooMany(2) : undefined))
    await insertRows(40, (i) => (i % 2 ? broadcastRow() : {}))

    await world.sendUntil(async () => (await countOf('SENT')) === 40)

    const [refused, ...others] = world.receiver.calls
    const afterwards = others.filter(({ at }) => at - refused.at > 500)
    assert.isAbove(afterwards[0].at - refused.at, 1900)
    assert.isBelow(others.length - afterwards.length, 40, 'what was in flight, and no more')
    assert.isEmpty(await db.from('notifications').whereNot('attempts', 1))
  })

  test('a 429 of a group pauses that group alone', async ({ assert }) => {
    const GROUP = -100_500
    world.receiver.answer(({ payload }) => (payload.chat_id === GROUP ? tooMany(60) : undefined))
    const [first, second] = await insertRows(2, () => ({ chat_id: GROUP }))
    await insertRows(20)

    await world.sendUntil(async () => (await countOf('SENT')) === 20 && (await valueOf(first, 'scheduled_at')) > 0)

    assert.include(await rowOf(first), { status: 'PENDING', attempts: 0 })
    assert.include(await rowOf(second), { status: 'PENDING', attempts: 0 })
    assert.isAbove(await valueOf(first, 'scheduled_at'), Date.now() + 50_000)
    assert.lengthOf(
      world.receiver.calls.filter(({ payload }) => payload.chat_id === GROUP),
      1
    )
  })

  test('given what Telegram asked for can not be stored, then the sender starts anew and goes on', async ({
    assert,
  }) => {
    const pace = await app.container.make(TelegramPace)
    let failures = 1
    app.container.swap(TelegramPace, () =>
      Object.assign(Object.create(pace), {
        pause: async (retryAfter: number) => {
          if (failures-- > 0) throw new Error('database is locked')
          return pace.pause(retryAfter)
        },
      })
    )
    world.receiver.answer((_, index) => (index === 0 ? tooMany(1) : undefined))
    await insertRows(60)

    await world.sendUntil(async () => (await countOf('SENT')) === 60)

    assert.isEmpty(await db.from('notifications').whereNot('attempts', 1))
  })

  test('follows a group that became a supergroup', async ({ assert }) => {
    world.receiver.answer(({ payload }) =>
      payload.chat_id === -5
        ? refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1005 })
        : undefined
    )
    const id = await insertRow({ chat_id: -5 })
    await world.sendUntil(async () => (await valueOf(id, 'status')) === 'SENT')
    const later = await insertRow({ chat_id: -5, scheduled_at: 0 })
    await db.from('notifications').where('id', id).update({ attempted_at: 0 })
    await world.sendUntil(async () => (await valueOf(later, 'status')) === 'SENT')

    assert.include(await rowOf(id), { chat_id: -1005, attempts: 1 })
    assert.deepEqual(
      world.receiver.calls.map(({ payload }) => payload.chat_id),
      [-5, -1005, -1005]
    )
  })

  test('a token that Telegram does not accept is no fault of the rows', async ({ assert }) => {
    world.receiver.answer(() => refusal(401, 'Unauthorized'))
    const ids = await insertRows(300)

    await world.sendUntil(() => world.alerts.raised.length > 0)

    assert.equal(world.alerts.raised[0].severity, 'critical')
    assert.equal(await countOf('PENDING'), 300)
    assert.equal(await valueOf(ids[0], 'attempts'), 0)
    assert.isBelow(world.receiver.calls.length, 150)
  })

  test('while Telegram fails, rows do not use up their attempts', async ({ assert }) => {
    world.receiver.answer(() => refusal(500, 'Internal Server Error'))
    await insertRows(300)

    await world.sendUntil(async () => {
      const rows = await db.from('notifications').where('attempts', '>', 0).count('* as count')
      return Number(rows[0].count) >= 5
    })

    assert.isBelow(world.receiver.calls.length, 150)
    assert.equal(await countOf('PERMANENT_FAILURE'), 0)
  })
})
