import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'

const inline = (button: object) => ({ inline_keyboard: [[button]] })
const URL_INVALID = (url: string, reason: string) =>
  `Bad Request: inline keyboard button URL '${url}' is invalid: ${reason}`

test.group('Sandbox | Keyboards', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox())
    sandbox.customer({ id: 7 })
    return () => sandbox.stop()
  })

  const send = (markup: unknown) => ({ chat_id: 7, text: 'x', reply_markup: markup })

  test('an inline keyboard comes back as it is shown', async ({ assert }) => {
    const markup = {
      inline_keyboard: [
        [
          { text: 'Data', callback_data: 'я'.repeat(32) },
          { text: 'Link', url: 'example.org' },
        ],
        [],
        [{ text: 'Copy', copy_text: { text: 'code' } }],
      ],
    }
    const sent = await api.ok('sendMessage', send(JSON.stringify(markup)))

    assert.deepEqual(sent.reply_markup.inline_keyboard, [
      [
        { text: 'Data', callback_data: 'я'.repeat(32) },
        { text: 'Link', url: 'http://example.org/' },
      ],
      [{ text: 'Copy', copy_text: { text: 'code' } }],
    ])
  })

  test('a keyboard is refused: {description}')
    .with([
      { markup: inline({ text: 'A', callback_data: 'x'.repeat(65) }), description: 'Bad Request: BUTTON_DATA_INVALID' },
      { markup: inline({ text: 'A', callback_data: 'я'.repeat(33) }), description: 'Bad Request: BUTTON_DATA_INVALID' },
      {
        markup: inline({ text: ' ', callback_data: 'x' }),
        description: 'Bad Request: inline keyboard button text must be non-empty',
      },
      {
        markup: inline({ text: 'A', url: 'http://localhost:3333/pay' }),
        description: URL_INVALID('http://localhost:3333/pay', 'Wrong HTTP URL'),
      },
      {
        markup: inline({ text: 'A', url: 'ftp://e.org' }),
        description: URL_INVALID('ftp://e.org', 'Unsupported URL protocol'),
      },
      {
        markup: inline({ text: 'A', web_app: { url: 'http://e.org' } }),
        description:
          "Bad Request: inline keyboard button Web App URL 'http://e.org' is invalid: Only HTTPS links are allowed",
      },
      {
        markup: inline({ text: 'A' }),
        description:
          "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
      },
      {
        markup: inline({ callback_data: 'x' }),
        description: 'Bad Request: can\'t parse inline keyboard button: Can\'t find field "text"',
      },
      {
        markup: { inline_keyboard: [{ text: 'A' }] },
        description: 'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
      },
      { markup: '{', description: "Bad Request: can't parse reply keyboard markup JSON object" },
      { markup: '[]', description: 'Bad Request: object expected as reply markup' },
      {
        markup: { keyboard: [[{ text: '' }]] },
        description: 'Bad Request: keyboard button text must be non-empty',
      },
      {
        markup: { inline_keyboard: Array.from({ length: 101 }, () => [{ text: 'A', callback_data: 'x' }]) },
        description: 'Bad Request: reply markup is too long',
      },
    ])
    .run(async ({ assert }, { markup, description }) => {
      assert.equal(await api.refusal('sendMessage', send(markup)), description)
      assert.isEmpty(sandbox.messages(7))
    })

  test('a keyboard under the input field stays until it is removed and is no part of the message', async ({
    assert,
  }) => {
    const sent = await api.ok('sendMessage', send({ keyboard: [['Yes', { text: 'No' }]], resize_keyboard: true }))

    assert.notProperty(sent, 'reply_markup')
    assert.deepEqual(sandbox.world.messages.log(7).keyboard, {
      keyboard: [[{ text: 'Yes' }, { text: 'No' }]],
      resize_keyboard: true,
    })
    await api.ok('sendMessage', send({ remove_keyboard: true }))
    assert.isUndefined(sandbox.world.messages.log(7).keyboard)
  })
})

test.group('Sandbox | Callback queries', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']
  let menu: number

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox({ callbackTimeoutMs: 15_000 }))
    sandbox.customer({ id: 7, first_name: 'Anna' })
    const buttons = [
      { text: 'Buy stars', callback_data: 'v1:buy' },
      { text: 'Site', url: 'https://example.org' },
    ]
    const sent = await api.ok('sendMessage', { chat_id: 7, text: 'x', reply_markup: { inline_keyboard: [buttons] } })
    menu = sent.message_id
    return () => sandbox.stop()
  })

  test('a press by {button} reaches the bot with its message')
    .with([{ button: 'Buy stars' }, { button: 'stars' }, { button: 'v1:buy' }, { button: 0 }])
    .run(async ({ assert }, { button }) => {
      const pressed = sandbox.press(7, menu, button)
      const [update] = await api.ok('getUpdates')

      assert.deepInclude(update.callback_query, { id: pressed.id, data: 'v1:buy' })
      assert.equal(update.callback_query.from.first_name, 'Anna')
      assert.equal(update.callback_query.message.message_id, menu)
    })

  test('the answer comes back to who pressed', async ({ assert }) => {
    const pressed = sandbox.press(7, menu, 0)
    const answer = sandbox.waitForAnswer(pressed)
    await api.ok('answerCallbackQuery', { callback_query_id: pressed.id, text: 'Done', show_alert: true })

    assert.deepEqual(await answer, { text: 'Done', show_alert: true })
  })

  test('an unknown, an old and an answered query are refused alike', async ({ assert }) => {
    const words = 'Bad Request: query is too old and response timeout expired or query ID is invalid'
    const answer = (id: string) => ({ callback_query_id: id })
    const [old, twice] = [sandbox.press(7, menu, 0), sandbox.press(7, menu, 0)]
    await api.ok('answerCallbackQuery', answer(twice.id))
    assert.equal(await api.refusal('answerCallbackQuery', answer(twice.id)), words)

    sandbox.world.clock.advance(15_001)

    assert.equal(await api.refusal('answerCallbackQuery', answer(old.id)), words)
    assert.equal(await api.refusal('answerCallbackQuery', answer('1')), words)
    assert.equal(await api.refusal('answerCallbackQuery', {}), words)
  })

  test('an answer of more than 200 characters is refused', async ({ assert }) => {
    const { id } = sandbox.press(7, menu, 0)

    assert.equal(
      await api.refusal('answerCallbackQuery', { callback_query_id: id, text: 'x'.repeat(201) }),
      'Bad Request: MESSAGE_TOO_LONG'
    )
  })

  test('a forged press brings data that no button has', async ({ assert }) => {
    sandbox.pressForged(7, menu, '../../etc')
    const [update] = await api.ok('getUpdates')

    assert.equal(update.callback_query.data, '../../etc')
  })

  test('a press that no customer could make is an error of the test: {reason}')
    .with([
      { customer: 7, offset: 0, button: 'Sell', reason: /has no button "Sell"; its buttons: "Buy stars", "Site"/ },
      { customer: 7, offset: 0, button: 'Site', reason: /sends nothing to the bot/ },
      { customer: 7, offset: 90, button: 'Site', reason: /There is no message/ },
      { customer: 8, offset: 0, button: 'Site', reason: /knows no customer 8/ },
    ])
    .run(({ assert }, { customer, offset, button, reason }) => {
      assert.throws(() => sandbox.press(customer, menu + offset, button), reason)
    })
})
