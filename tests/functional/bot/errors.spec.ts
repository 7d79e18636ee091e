import { test } from '@japa/runner'
import { Composer, HttpError, InputFile } from 'grammy'
import Customer from '#customers/models/customer'
import type { BotContext } from '#bot/context'
import { menuData } from '#bot/screens/screen_data'
import { screenOf, startTestBot, toastOf, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { ANNA, messageUpdate, textUpdate } from '#tests/support/updates'

const TOO_MANY = { error_code: 429, description: 'Too Many Requests: retry after 1' }

test.group('Bot: errors', (group) => {
  let bot: TestBot
  let failure: unknown

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    const composer = new Composer<BotContext>()
    composer.command('fail', (ctx) => {
      ctx.session.flow = 'left behind'
      throw failure
    })
    composer.command('picture', (ctx) => ctx.replyWithPhoto(new InputFile(Buffer.from('x'))))
    composer.callbackQuery('1:fail', () => {
      throw failure
    })
    bot = await startTestBot({ features: () => [{ composer }] })
    await bot.say('/start')
  })

  test('given a {category} error, when it happens, then the customer hears what to do and we hear of it')
    .with([
      { category: 'system', error: new Error('SELECT secret FROM x'), text: 'Something broke on our side' },
      {
        category: 'network',
        error: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
        text: 'connection failed',
      },
      {
        category: 'network',
        error: new HttpError('Network request failed', new Error('x')),
        text: 'connection failed',
      },
      {
        category: 'payment',
        error: Object.assign(new Error('x'), { category: 'payment' }),
        text: 'The payment could not',
      },
      { category: 'user', error: Object.assign(new Error('x'), { category: 'user' }), text: 'That did not fit' },
      { category: 'system', error: 'not even an error', text: 'Something broke on our side' },
    ])
    .run(async ({ assert }, { category, error, text }) => {
      failure = error
      const update = textUpdate('/fail')
      const calls = await bot.receive(update)
      assert.lengthOf(calls, 1)
      assert.include(calls[0].payload.text, text)
      assert.notInclude(calls[0].payload.text, 'SELECT')
      assert.deepEqual(bot.errors.reports, [{ error, category }] as any)
      if (category === 'system') assert.include(calls[0].payload.text, String(update.update_id))
      const { flow } = await bot.deps.sessions.read(ANNA.id)
      assert.isNull(flow)

      assert.include(toastOf(await bot.press('1:fail'))!, text)
    })

  test('given Telegram asking for silence, when an answer is due, then it is owed and no error', async ({ assert }) => {
    bot.refusals.set('sendMessage', { ...TOO_MANY, parameters: { retry_after: 30 } })
    assert.lengthOf(await bot.say('/menu'), 1)
    assert.isEmpty(bot.errors.reports)
    bot.refusals.clear()
    assert.isEmpty(await bot.say('/menu'))
    assert.isNull(await bot.deps.answers.claim(ANNA.id, 1))
    bot.clock.advance(30_000)
    const { payload } = (await bot.deps.answers.claim(ANNA.id, 1))!
    assert.include((payload as { text: string }).text, 'Main menu')
  })

  test('given an answer that can not be kept, when Telegram asks for silence, then the apology is owed', async ({
    assert,
  }) => {
    bot.refusals.set('sendPhoto', TOO_MANY)
    bot.refusals.set('sendMessage', TOO_MANY)
    await bot.say('/picture')
    assert.equal(bot.errors.reports[0].category, 'network')
    bot.clock.advance(1000)
    const { method, payload } = (await bot.deps.answers.claim(ANNA.id, 1))!
    assert.equal(method, 'sendMessage')
    assert.include((payload as { text: string }).text, 'connection failed')
  })

  test('given silence, when a {language_code} customer presses, then a toast says that the answer comes')
    .with([
      { language_code: 'en', toast: 'The answer comes' },
      { language_code: 'ru', toast: 'Ответ придёт' },
      { language_code: 'uk', toast: 'Відповідь надійде' },
    ])
    .run(async ({ assert }, { language_code: tag, toast }) => {
      bot.refusals.set('editMessageText', TOO_MANY)
      const person = { ...ANNA, id: ANNA.id + 1, language_code: tag }
      assert.include(toastOf(await bot.press(menuData.pack({}), person))!, toast)
    })

  test('given a customer who has just blocked the bot, when answered, then they are unreachable and nobody is bothered', async ({
    assert,
  }) => {
    bot.refusals.set('sendMessage', { error_code: 403, description: 'Forbidden: bot was blocked by the user' })
    await bot.say('/menu')
    const customer = await Customer.findByOrFail('telegramId', ANNA.id)
    assert.isTrue(customer.isUnreachable)
    assert.isEmpty(bot.errors.reports)
  })

  test('given an apology that fails too, when it does, then the update still ends well', async ({ assert }) => {
    failure = new Error('first')
    bot.refusals.set('sendMessage', new Error('second'))
    await assert.doesNotReject(() => bot.say('/fail'))
    assert.lengthOf(bot.errors.reports, 1)
  })

  test('given a press too old to be answered, when its screen is shown, then that is no error', async ({ assert }) => {
    bot.refusals.set('answerCallbackQuery', {
      error_code: 400,
      description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
    })
    assert.include(screenOf(await bot.press(menuData.pack({}))).text, 'Main menu')
    const [, told] = await bot.press('garbage')
    assert.include(told.payload.text, 'can’t read that button')
    assert.isEmpty(bot.errors.reports)
  })

  test('given a checkout that nobody expects, when Telegram asks, then it is refused with words', async ({
    assert,
  }) => {
    const { message, ...update } = messageUpdate({})
    const checkout = { id: '1', from: ANNA, currency: 'XTR', total_amount: 1, invoice_payload: 'x' }
    const [call] = await bot.receive({ ...update, pre_checkout_query: checkout })
    assert.equal(call.method, 'answerPreCheckoutQuery')
    assert.isFalse(call.payload.ok)
    assert.include(call.payload.error_message, 'nothing was charged')
  })
})
