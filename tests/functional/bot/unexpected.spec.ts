import { test } from '@japa/runner'
import { menuData, settingsData } from '#bot/screens/screen_data'
import { screenOf, startTestBot, toastOf, type TestBot } from '#tests/support/bot'
import { resetDatabase } from '#tests/support/database'
import { callbackUpdate, messageUpdate } from '#tests/support/updates'

test.group('Bot: the unexpected', (group) => {
  let bot: TestBot

  group.each.setup(() => resetDatabase())
  group.each.setup(async () => {
    bot = await startTestBot()
  })

  test('given {title}, when it comes, then there is a friendly answer')
    .with([
      { title: 'an unknown command', content: { text: '/nothing' }, answer: 'I don’t know this command' },
      { title: 'an admin command from a customer', content: { text: '/admin' }, answer: 'I don’t know this command' },
      { title: 'plain text', content: { text: 'hello?' }, answer: 'I read you' },
      { title: 'a huge message', content: { text: '🏳️‍🌈'.repeat(680) }, answer: 'I read you' },
      { title: 'right-to-left text', content: { text: '\u202Eשלום مرحبا\u0000' }, answer: 'I read you' },
      { title: 'a sticker', content: { sticker: { file_id: 'x' } }, answer: 'can’t do anything with files' },
      { title: 'a photo', content: { photo: [{ file_id: 'x' }], caption: '/start' }, answer: 'files' },
      { title: 'a voice message', content: { voice: { file_id: 'x' } }, answer: 'files' },
      { title: 'a location', content: { location: { latitude: 1, longitude: 1 } }, answer: 'files' },
    ])
    .run(async ({ assert }, { content, answer }) => {
      const entities =
        'text' in content && content.text?.startsWith('/')
          ? [{ type: 'bot_command', offset: 0, length: content.text.length }]
          : undefined
      const calls = await bot.receive(messageUpdate({ ...content, entities }))
      assert.include(screenOf(calls).text, answer)
      assert.include(screenOf(calls).labels, '🏠 Home')
    })

  test('given an album, when its pictures come one by one, then there is one answer', async ({ assert }) => {
    const picture = () => messageUpdate({ photo: [{ file_id: 'x' }], media_group_id: '77' })
    assert.lengthOf(await bot.receive(picture()), 1)
    assert.isEmpty(await bot.receive(picture()))
    assert.isEmpty(await bot.receive(picture()))
  })

  test('given the button {data}, when pressed, then a notice says what to do')
    .with([
      { data: 'garbage', toast: 'can’t read that button', screen: false },
      { data: '💣'.repeat(16), toast: 'can’t read that button', screen: false },
      { data: '', toast: 'can’t read that button', screen: false },
      { data: '0:menu', toast: 'from an older version', screen: true },
      { data: '7:menu', toast: 'from an older version', screen: true },
      { data: '1:buy_stars:100', toast: 'leads nowhere any more', screen: true },
      { data: '1:set_language:xx', toast: 'leads nowhere any more', screen: true },
      { data: '1:set_time_zone:Mars', toast: 'leads nowhere any more', screen: true },
    ])
    .run(async ({ assert }, { data, toast, screen }) => {
      const calls = await bot.press(data)
      assert.include(toastOf(calls)!, toast)
      assert.lengthOf(
        calls.filter(({ method }) => method === 'answerCallbackQuery'),
        1
      )
      assert.equal(
        calls.some(({ method }) => /Message/.test(method)),
        screen
      )
    })

  test('given a button below a notice, when pressed, then the notice stays and a screen opens below', async ({
    assert,
  }) => {
    await bot.say('/start')
    const screen = screenOf(await bot.press(settingsData.pack({}, 'notice')))
    assert.equal(screen.method, 'sendMessage')
    assert.include(screen.text, 'Settings')
  })

  test('given a message that can no longer be edited, when a button is pressed, then the screen is sent anew', async ({
    assert,
  }) => {
    await bot.say('/start')
    bot.refusals.set('editMessageText', { error_code: 400, description: "Bad Request: message can't be edited" })
    const calls = await bot.press(settingsData.pack({}))
    assert.deepEqual(
      calls.map(({ method }) => method),
      ['editMessageText', 'sendMessage', 'answerCallbackQuery']
    )

    bot.refusals.clear()
    const old = callbackUpdate(settingsData.pack({}))
    old.callback_query!.message = { chat: old.callback_query!.message!.chat, message_id: 1, date: 0 }
    assert.equal(screenOf(await bot.receive(old)).method, 'sendMessage')
  })

  test('given the same screen again, when pressed, then Telegram saying "not modified" is no error', async ({
    assert,
  }) => {
    await bot.say('/start')
    const description =
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same'
    bot.refusals.set('editMessageText', { error_code: 400, description })
    const calls = await bot.press(menuData.pack({}))
    assert.deepEqual(
      calls.map(({ method }) => method),
      ['editMessageText', 'answerCallbackQuery']
    )
    assert.isEmpty(bot.errors.reports)
  })
})
