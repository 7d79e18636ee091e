import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { Clock } from '#core/clock'
import { Ticks } from '#core/contracts/ticks'
import { AnonymiseCustomer } from '#customers/actions/anonymise_customer'
import { AnswerStore } from '#bot/answers/answer_store'
import { BotConfig } from '#bot/bot_config'
import { emptySession } from '#bot/sessions/bot_session'
import { SessionStore } from '#bot/sessions/session_store'
import { UpdateStore } from '#bot/inbox/update_store'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'
import { DAY, TestClock } from '#tests/support/test_clock'
import { ANNA, textUpdate } from '#tests/support/updates'

test.group('Bot: what is kept', (group) => {
  let clock: TestClock
  let updates: UpdateStore
  let sessions: SessionStore

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    clock = new TestClock()
    const { botId } = await app.container.make(BotConfig)
    updates = new UpdateStore(botId, clock)
    sessions = new SessionStore(clock)
    app.container.swap(Clock, () => clock)
    return () => app.container.restore(Clock)
  })

  /** Telegram delivers 100 at most at a time. */
  async function givenProcessed(hundreds: number) {
    for (let hundred = 0; hundred < hundreds; hundred++) {
      await updates.add(Array.from({ length: 100 }, () => textUpdate('x', { ...ANNA, id: 1 })))
    }
    await db.from('bot_updates').update({ finished_at: clock.now(), outcome: 'done' })
  }

  async function prune(signal = new AbortController().signal) {
    const ticks = await app.container.make(Ticks)
    await ticks
      .all()
      .find(({ name }) => name === 'bot.prune')!
      .run(signal)
  }

  const count = async (table: string) => {
    const rows = await db.from(table)
    return rows.length
  }

  test('given more processed updates than a batch, when their time is over, then all go and others stay', async ({
    assert,
  }) => {
    await givenProcessed(11)
    clock.advance(7 * DAY)
    await prune()
    assert.equal(await count('bot_updates'), 1100)

    clock.advance(1)
    await updates.add([textUpdate('waiting')])
    await prune()
    assert.equal(await count('bot_updates'), 1)
  })

  test('given an order to stop, when pruning, then it stops', async ({ assert }) => {
    await givenProcessed(11)
    clock.advance(30 * DAY)
    await prune(AbortSignal.abort())
    assert.equal(await count('bot_updates'), 1100)
  })

  test('given conversations, when nobody touched them for a season, then they are forgotten', async ({ assert }) => {
    await sessions.write(1, emptySession())
    clock.advance(89 * DAY)
    await sessions.write(2, emptySession())
    clock.advance(2 * DAY)
    await prune()
    const left = await db.from('bot_sessions')
    assert.deepEqual(
      left.map(({ chat_id: chatId }) => chatId),
      [2]
    )
  })

  test('given answers that came to nothing, when a day is over, then they are forgotten', async ({ assert }) => {
    const answers = new AnswerStore(1, clock)
    await answers.add(1, { method: 'sendMessage', payload: {} }, 0)
    clock.advance(DAY)
    await answers.add(2, { method: 'sendMessage', payload: {} }, 0)
    clock.advance(1)
    await prune()
    assert.equal(await count('bot_answers'), 1)
  })

  test('given a session of an older version, when read, then what fits is taken', async ({ assert }) => {
    const write = (data: unknown) =>
      db
        .knexQuery()
        .table('bot_sessions')
        .insert({ chat_id: 1, data: JSON.stringify(data), updated_at: 1 })
        .onConflict('chat_id')
        .merge()
    const draft = { step: 'text', data: {}, updatedAt: 1 }
    await write({ flow: 7, drafts: { good: draft, bad: { step: 1 }, worse: null }, old: true })
    assert.deepEqual(await sessions.read(1), { flow: null, drafts: { good: draft }, album: null })
    await write(null)
    assert.deepEqual(await sessions.read(1), emptySession())
    await write(['nonsense'])
    assert.deepEqual(await sessions.read(1), emptySession())
  })

  test('given a customer to be forgotten, when anonymised, then the conversation goes too, save what is owed', async ({
    assert,
  }) => {
    const customer = await CustomerFactory.merge({ telegramId: ANNA.id }).create()
    await sessions.write(ANNA.id, emptySession())
    await new AnswerStore(1, clock).add(ANNA.id, { method: 'sendMessage', payload: { text: 'Dear Anna' } }, 0)
    await givenProcessed(1)
    await updates.add([textUpdate('my secret')])
    const claimed = await updates.claim(ANNA.id, 'me', 1000)
    await updates.finish(claimed!.id, 'done')
    await updates.add([textUpdate('still to be processed')])

    const anonymise = await app.container.make(AnonymiseCustomer)
    await anonymise.handle({ customerId: customer.id, actor: { type: 'system', id: null, name: 'system' } })

    assert.equal(await count('bot_sessions'), 0)
    assert.equal(await count('bot_answers'), 0)
    const left = await db.from('bot_updates').where('chat_id', ANNA.id)
    assert.lengthOf(left, 1)
    assert.include(JSON.stringify(left[0]), 'still to be processed')
  })
})
