import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#core/database/dialect'
import { TelegramPace, TelegramPaused } from '#core/contracts/telegram_pace'
import { resetDatabase } from '#tests/support/database'
import { countOf, insertRow, insertRows, rowOf, valueOf } from '#tests/support/telegram/outbox_rows'
import { SenderWorld } from '#tests/support/telegram/sender_world'

test.group('Sender and single chats', (group) => {
  let world: SenderWorld
  group.each.setup(async () => {
    await resetDatabase()
    world = await new SenderWorld().open()
    return () => world.close()
  })

  test('sends one message a second to a chat, in their order, and does not hold up others', async ({ assert }) => {
    await insertRows(3, () => ({ chat_id: 7 }))
    await insertRows(10)

    await world.sendUntil(async () => (await countOf('SENT')) === 13)

    const ofChat = world.receiver.calls.filter(({ payload }) => payload.chat_id === 7)
    assert.deepEqual(
      ofChat.map(({ payload }) => payload.text),
      ['message 0', 'message 1', 'message 2']
    )
    assert.isAbove(ofChat[1].at - ofChat[0].at, 1000)
    assert.isAbove(ofChat[2].at - ofChat[1].at, 1000)
    const others = world.receiver.calls.filter(({ payload }) => payload.chat_id !== 7)
    assert.isBelow(others.at(-1)!.at, ofChat[1].at)
  })

  test('keeps its distance from an answer of the bot', async ({ assert }) => {
    const pace = await app.container.make(TelegramPace)
    await pace.takeInteractive(7)
    const answeredAt = performance.now()
    const id = await insertRow({ chat_id: 7 })

    await world.sendUntil(async () => (await valueOf(id, 'status')) === 'SENT')

    assert.isAbove(world.receiver.calls[0].at - answeredAt, 1000)
    assert.equal(await valueOf(id, 'attempts'), 1)
  })

  test('an answer of the bot waits for its slot and no longer', async ({ assert }) => {
    const pace = await app.container.make(TelegramPace)
    await Promise.all([1, 2, 3, 4, 5].map((chatId) => pace.takeInteractive(chatId)))
    await pace.pause(60)

    await assert.rejects(() => pace.takeInteractive(6), TelegramPaused)
  })

  test('twenty messages a minute to a group, the twenty-first later', async ({ assert }) => {
    const GROUP = -100_500
    const now = Date.now()
    await insertRows(20, (i) => ({ chat_id: GROUP, status: 'SENT', attempted_at: now - 50_000 + i }))
    const [first, second] = [await insertRow({ chat_id: GROUP }), await insertRow({ chat_id: 8 })]

    await world.sendUntil(async () => (await valueOf(second, 'status')) === 'SENT')

    const row = await rowOf(first)
    assert.equal(row.reason, 'chat_pace')
    assert.closeTo(row.scheduled_at, now + 11_000, 1000)
  })

  test('reads what a group got from the small index of groups', async ({ assert }) => {
    const statements: Array<{ sql: string; bindings: unknown[] }> = []
    const listen = (query: { sql: string; bindings: unknown[] }) => {
      if (/^select .*attempted_at.* from .notifications./i.test(query.sql)) statements.push(query)
    }
    const connection = db.connection().getWriteClient()
    connection.on('query', listen)
    const id = await insertRow({ chat_id: -100_500 })
    await world.sendUntil(async () => (await valueOf(id, 'status')) === 'SENT')
    connection.removeListener('query', listen)

    assert.isNotEmpty(statements)
    const [{ sql, bindings }] = statements
    const steps = await db.rawQuery(`EXPLAIN QUERY PLAN ${sql}`, bindings as any[])
    const details = steps.map(({ detail }: { detail: string }) => detail).join('\n')
    assert.match(details, /SEARCH notifications USING (COVERING )?INDEX notifications_groups_index/)
    assert.notInclude(details, 'TEMP B-TREE')
  }).skip(() => isPostgres(), 'its planner reads small tables as a whole')

  test('a deletion counts against nothing', async ({ assert }) => {
    await insertRows(10, (i) => ({ chat_id: 7, operation: 'delete', target_message_id: i + 1 }))
    const startedAt = performance.now()

    await world.sendUntil(async () => (await countOf('SENT')) === 10)

    assert.lengthOf(
      world.receiver.calls.filter(({ method }) => method === 'deleteMessage'),
      10
    )
    assert.isBelow(world.receiver.calls[9].at - startedAt, 3000)
  })
})
