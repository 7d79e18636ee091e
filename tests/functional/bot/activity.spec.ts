import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import Customer from '#customers/models/customer'
import { RecordActivity } from '#markets/actions/record_activity'
import Bettor from '#markets/models/bettor'
import { startTestBot, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { DAY, HOUR } from '#tests/support/test_clock'
import { ANNA, textUpdate } from '#tests/support/updates'

test.group('Bot: days with activity', (group) => {
  let bot: TestBot
  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    bot = await startTestBot()
  })

  const days = async () => {
    const anna = await Customer.findByOrFail('telegramId', ANNA.id)
    const bettor = await Bettor.find(anna.id)
    return [bettor?.activeDays ?? 0, bettor?.dayStreak ?? 0]
  }

  test('the first update of a day counts, from the very first one on', async ({ assert }) => {
    await bot.say('/start')
    await bot.say('/menu')
    assert.deepEqual(await days(), [1, 1])
    bot.clock.advance(11 * HOUR)
    await bot.say('/menu')
    assert.deepEqual(await days(), [1, 1])
    bot.clock.advance(HOUR)
    await bot.say('/menu')
    assert.deepEqual(await days(), [2, 2])
    bot.clock.advance(3 * DAY)
    await bot.say('/menu')
    assert.deepEqual(await days(), [3, 1])
  })

  test('a banned customer’s days are not counted', async ({ assert }) => {
    await bot.say('/start')
    await Customer.query().where('telegramId', ANNA.id).update({ banned_at: 1 })
    bot.clock.advance(DAY)
    await bot.say('/menu')
    assert.deepEqual(await days(), [1, 1])
  })

  /** Makes it do this instead, until the test ends. */
  const counting = (handle: () => Promise<void>) => {
    const make = bot.deps.make
    bot.deps.make = async (maker) => ((maker as unknown) === RecordActivity ? ({ handle } as any) : make(maker))
    return () => void (bot.deps.make = make)
  }

  test('a day whose counting failed keeps nobody waiting, and the next update counts it', async ({ assert }) => {
    await bot.say('/start')
    bot.clock.advance(DAY)
    const restore = counting(() => Promise.reject(new Error('connection lost')))
    const calls = await bot.say('/menu')
    assert.exists(calls.find(({ method }) => method === 'sendMessage'))
    assert.isEmpty(bot.errors.reports)
    restore()
    await bot.say('/menu')
    assert.deepEqual(await days(), [2, 2])
  })

  test('an update that is run again after a kill counts its day', async ({ assert }) => {
    await bot.say('/start')
    bot.clock.advance(DAY)
    const update = textUpdate('/menu')
    counting(() => new Promise(() => {}))
    const killed = bot
    void killed.receive(update)
    for (let anna: Customer | null = null; !anna || anna.lastActiveAt < bot.clock.now();) {
      await setTimeout(5)
      anna = await Customer.findByOrFail('telegramId', ANNA.id)
    }

    bot = await startTestBot()
    bot.clock.moveTo(killed.clock.now())
    await bot.receive(update)
    assert.deepEqual(await days(), [2, 2])
  })

  test('a day that was counted asks nothing more', async ({ assert }) => {
    await bot.say('/start')
    let asked = 0
    const restore = counting(async () => void asked++)
    await bot.say('/menu')
    assert.equal(asked, 0)
    bot.clock.advance(DAY)
    await bot.say('/menu')
    await bot.say('/menu')
    assert.equal(asked, 1)
    restore()
  })
})
