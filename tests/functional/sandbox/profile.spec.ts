import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'
import { METHOD_NAMES } from '#sandbox/methods/index'

test.group('Sandbox | What the bot says of itself', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox({ botUsername: 'shop_bot', botName: 'Shop' }))
    return () => sandbox.stop()
  })

  test('getMe gives the id of the token', async ({ assert }) => {
    assert.deepInclude(await api.ok('getMe'), {
      id: Number.parseInt(api.token, 10),
      is_bot: true,
      first_name: 'Shop',
      username: 'shop_bot',
    })
  })

  test('commands are kept per scope and language, and the narrowest is shown', async ({ assert }) => {
    const commands = (description: string) => [{ command: 'start', description }]
    const scope = { type: 'all_private_chats' }
    await api.ok('setMyCommands', { commands: commands('Begin') })
    await api.ok('setMyCommands', { commands: commands('Почати'), scope, language_code: 'uk' })
    await api.ok('setMyCommands', { commands: commands('For admins'), scope: { type: 'chat', chat_id: 7 } })

    assert.deepEqual(await api.ok('getMyCommands'), commands('Begin'))
    assert.deepEqual(sandbox.world.bot.commandsFor(5, 'uk'), commands('Почати'))
    assert.deepEqual(sandbox.world.bot.commandsFor(5, 'en'), commands('Begin'))
    assert.deepEqual(sandbox.world.bot.commandsFor(7, 'uk'), commands('For admins'))
    await api.ok('deleteMyCommands', { scope, language_code: 'uk' })
    assert.deepEqual(sandbox.world.bot.commandsFor(5, 'uk'), commands('Begin'))
  })

  test('commands are refused: {description}')
    .with([
      { params: { commands: '{' }, description: "Bad Request: can't parse commands JSON object" },
      { params: { commands: {} }, description: 'Bad Request: expected an Array of BotCommand' },
      {
        params: { commands: [{ command: 'a' }] },
        description: 'Bad Request: can\'t parse BotCommand: Can\'t find field "description"',
      },
      {
        params: { commands: [{ command: 'Start', description: 'x' }] },
        description: 'Bad Request: BOT_COMMAND_INVALID',
      },
      {
        params: { commands: [{ command: 'x'.repeat(33), description: 'x' }] },
        description: 'Bad Request: command length must not exceed 32',
      },
      {
        params: { commands: [{ command: 'a', description: ' ' }] },
        description: 'Bad Request: command description must be non-empty',
      },
      {
        params: { commands: [{ command: 'a', description: 'x'.repeat(257) }] },
        description: 'Bad Request: command description length must not exceed 256',
      },
      {
        params: { commands: [], scope: { type: 'moon' } },
        description: "Bad Request: can't parse BotCommandScope: Unsupported type specified",
      },
      { params: { commands: [], language_code: 'ukr' }, description: 'Bad Request: invalid language code specified' },
    ])
    .run(async ({ assert }, { params, description }) => {
      assert.equal(await api.refusal('setMyCommands', params), description)
    })

  test('name, descriptions and menu button are kept', async ({ assert }) => {
    await api.ok('setMyName', { name: 'Крамниця', language_code: 'uk' })
    await api.ok('setMyDescription', { description: 'Sells stars' })
    await api.ok('setChatMenuButton', { chat_id: 7, menu_button: { type: 'commands' } })

    assert.deepEqual(await api.ok('getMyName', { language_code: 'uk' }), { name: 'Крамниця' })
    assert.deepEqual(await api.ok('getMyName'), { name: 'Shop' })
    assert.deepEqual(await api.ok('getMyDescription', { language_code: 'de' }), { description: 'Sells stars' })
    assert.deepEqual(await api.ok('getChatMenuButton', { chat_id: 7 }), { type: 'commands' })
    assert.include(await api.refusal('setChatMenuButton', { menu_button: { type: 'x' } }), 'unsupported type')
  })

  test('every method that the product uses is there', ({ assert }) => {
    const used = ['getMe', 'getUpdates', 'setWebhook', 'deleteWebhook', 'getWebhookInfo', 'sendMessage', 'sendPhoto']
    used.push('sendDocument', 'editMessageText', 'editMessageCaption', 'editMessageMedia', 'editMessageReplyMarkup')
    used.push('deleteMessage', 'deleteMessages', 'copyMessage', 'forwardMessage', 'answerCallbackQuery', 'getChat')
    used.push('setMyCommands', 'getMyCommands', 'deleteMyCommands', 'setChatMenuButton', 'getChatMember', 'getFile')
    used.push('getUserProfilePhotos', 'sendChatAction', 'pinChatMessage', 'createForumTopic', 'sendInvoice')

    assert.includeMembers(METHOD_NAMES, used)
  })
})
