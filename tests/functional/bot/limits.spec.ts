import { test } from '@japa/runner'
import Customer from '#customers/models/customer'
import { CustomerFactory } from '#database/factories/customer_factory'
import { blockSeconds, callbacksPerMinute, messagesPerMinute, updatesPerMinute } from '#bot/bot_settings'
import type { LimitedKind } from '#bot/limits/bot_limits'
import PaymentBreak from '#payments/models/payment_break'
import { menuData } from '#bot/screens/screen_data'
import { screenOf, startTestBot, toastOf, type TestBot } from '#tests/support/bot'
import { forgetLimits } from '#tests/support/limits'
import { resetDatabase } from '#tests/support/database'
import { ANNA, messageUpdate } from '#tests/support/updates'

const boris = { ...ANNA, id: 6_000_000_002 }

test.group('Bot: limits', (group) => {
  let bot: TestBot

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    bot = await startTestBot()
    bot.settings.set(messagesPerMinute, 3)
    bot.settings.set(callbacksPerMinute, 2)
  })

  /** The package keeps time by the system clock, so a test ends a window by hand. */
  const endBlocks = () => forgetLimits((key) => !key.includes('strikes'))

  async function flood(from = ANNA) {
    const answers = []
    for (let count = 0; count < 6; count++) answers.push(await bot.say('hello', from))
    return answers
  }

  test('given the limits as shipped, when counted, then they are those of the specification', ({ assert }) => {
    assert.equal(messagesPerMinute.default, 30)
    assert.equal(callbacksPerMinute.default, 20)
  })

  test('given too many messages, when they come, then the wait is told once and the rest is dropped', async ({
    assert,
  }) => {
    const answers = await flood()
    assert.deepEqual(
      answers.map(({ length }) => length),
      [1, 1, 1, 1, 0, 0]
    )
    const [{ payload }] = answers[3]
    assert.include(payload.text, 'I will listen again in 60 seconds')
    assert.isUndefined(payload.parse_mode)
  })

  test('given a blocked customer, when they press buttons too, then that is dropped without a word', async ({
    assert,
  }) => {
    await flood()
    assert.isEmpty(await bot.press(menuData.pack({})))
  })

  test('given too many presses, when they come, then the notice says how long to wait', async ({ assert }) => {
    await bot.press(menuData.pack({}))
    await bot.press(menuData.pack({}))
    const calls = await bot.press(menuData.pack({}))
    assert.deepEqual(
      calls.map(({ method }) => method),
      ['answerCallbackQuery']
    )
    assert.include(toastOf(calls)!, '60 seconds')
    assert.isEmpty(await bot.press(menuData.pack({})))
  })

  test('given repeated abuse, when blocked again, then each block is twice as long', async ({ assert }) => {
    bot.settings.set(blockSeconds, 40)
    const waits = []
    for (let round = 0; round < 4; round++) {
      const [, , , told] = await flood()
      waits.push(/in (\d+ \w+)/.exec(told[0].payload.text)![1])
      await endBlocks()
    }
    assert.deepEqual(waits, ['40 seconds', '80 seconds', '3 minutes', '6 minutes'])
  })

  test('given one customer who floods, when another writes, then they are served', async ({ assert }) => {
    await flood()
    assert.include(screenOf(await bot.say('/start', boris)).text, 'Hello')
  })

  test('given a chosen language, when blocked, then the wait is told in it', async ({ assert }) => {
    await CustomerFactory.merge({ telegramId: ANNA.id, language: 'uk', languageChosen: true }).create()
    const [, , , told] = await flood()
    assert.include(told[0].payload.text, 'зашвидко')
    assert.include(told[0].payload.text, '60 секунд')
  })

  test('given the limit over all customers, when it is reached, then each is told once', async ({ assert }) => {
    bot.settings.set(updatesPerMinute, 1)
    await bot.say('/start')
    const [told] = await bot.say('hello', boris)
    assert.include(told.payload.text, 'Very many people')
    assert.isEmpty(await bot.say('hello', boris))
    const [anna] = await bot.say('hello')
    assert.include(anna.payload.text, 'Very many people')
    assert.isNull(await Customer.findBy('telegramId', boris.id))
  })

  test('given a customer at the limit, when Telegram reports their payment, then it is never dropped', async ({
    assert,
  }) => {
    await flood()
    const paid = { currency: 'XTR', total_amount: 1, invoice_payload: 'unknown', provider_payment_charge_id: '' }
    await bot.receive(messageUpdate({ successful_payment: { ...paid, telegram_payment_charge_id: 'charge' } }))
    assert.lengthOf(await PaymentBreak.all(), 1)
  })

  test('given the payment limit, when passed, then further payments wait and messages do not', async ({ assert }) => {
    const { limits } = bot.deps
    const consume = (kind: LimitedKind) => limits.consume(kind, ANNA.id)
    for (let count = 0; count < 5; count++) assert.deepEqual(await consume('payment'), { allowed: true })
    assert.deepEqual(await consume('payment'), {
      allowed: false,
      reason: 'blocked',
      seconds: 60,
      announce: true,
    })
    assert.deepInclude(await consume('payment'), { allowed: false, announce: false })
    assert.deepEqual(await consume('message'), { allowed: true })
  })

  test('given many at once, when they race, then no more pass than allowed and one block is announced', async ({
    assert,
  }) => {
    const { limits } = bot.deps
    const verdicts = await Promise.all(Array.from({ length: 10 }, () => limits.consume('message', ANNA.id)))
    assert.lengthOf(
      verdicts.filter(({ allowed }) => allowed),
      3
    )
    assert.lengthOf(
      verdicts.filter((verdict) => !verdict.allowed && verdict.announce),
      1
    )
  })
})
