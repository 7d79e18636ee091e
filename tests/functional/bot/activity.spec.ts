import { test } from '@japa/runner'
import Customer from '#customers/models/customer'
import Bettor from '#markets/models/bettor'
import { startTestBot, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { DAY, HOUR } from '#tests/support/test_clock'
import { ANNA } from '#tests/support/updates'

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
})
