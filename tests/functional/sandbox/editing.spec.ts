import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'
import { blob, png } from '#tests/support/sandbox/images'

const NOT_MODIFIED =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'
const keyboard = (text: string) => ({ inline_keyboard: [[{ text, callback_data: 'x' }]] })

test.group('Sandbox | Editing and deleting', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']
  let id: number

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox())
    sandbox.customer({ id: 7 })
    const sent = await api.ok('sendMessage', { chat_id: 7, text: 'one', reply_markup: keyboard('A') })
    id = sent.message_id
    return () => sandbox.stop()
  })

  const edit = (params: object) => ({ chat_id: 7, message_id: id, ...params })

  test('a text is edited in its place and says so', async ({ assert }) => {
    const edited = await api.ok('editMessageText', edit({ text: '*two*', parse_mode: 'MarkdownV2' }))

    assert.deepInclude(edited, { message_id: id, text: 'two', entities: [{ type: 'bold', offset: 0, length: 3 }] })
    assert.isNumber(edited.edit_date)
    assert.notProperty(edited, 'reply_markup')
    assert.deepEqual(sandbox.messages(7), [edited])
  })

  test('an edit that changes nothing is refused', async ({ assert }) => {
    assert.equal(await api.refusal('editMessageText', edit({ text: 'one', reply_markup: keyboard('A') })), NOT_MODIFIED)
    assert.equal(
      await api.refusal('editMessageText', edit({ text: ' one ', reply_markup: keyboard('A') })),
      NOT_MODIFIED
    )
    assert.equal(await api.refusal('editMessageReplyMarkup', edit({ reply_markup: keyboard('A') })), NOT_MODIFIED)
    await api.ok('editMessageReplyMarkup', edit({ reply_markup: keyboard('B') }))
    await api.ok('editMessageText', edit({ text: 'one' }))
    assert.equal(await api.refusal('editMessageText', edit({ text: 'one' })), NOT_MODIFIED)
  })

  test('{method} is refused: {description}')
    .with([
      {
        method: 'editMessageText',
        params: { message_id: 99, text: 'x' },
        description: 'Bad Request: message to edit not found',
      },
      { method: 'editMessageText', params: { text: '' }, description: 'Bad Request: message text is empty' },
      {
        method: 'editMessageText',
        params: { text: 'x'.repeat(4097) },
        description: 'Bad Request: message is too long',
      },
      {
        method: 'editMessageText',
        params: { text: 'x', reply_markup: { keyboard: [['a']] } },
        description: 'Bad Request: inline keyboard expected',
      },
      {
        method: 'editMessageCaption',
        params: { caption: 'x' },
        description: 'Bad Request: there is no caption in the message to edit',
      },
      {
        method: 'editMessageMedia',
        params: { media: { type: 'photo', media: 'nonsense' } },
        description: 'Bad Request: wrong file identifier/HTTP URL specified',
      },
      { method: 'editMessageMedia', params: {}, description: 'Bad Request: input media is not specified' },
      { method: 'deleteMessage', params: { message_id: 99 }, description: 'Bad Request: message to delete not found' },
      {
        method: 'deleteMessage',
        params: { message_id: '' },
        description: 'Bad Request: message identifier is not specified',
      },
      {
        method: 'deleteMessages',
        params: { message_ids: [] },
        description: 'Bad Request: message identifiers are not specified',
      },
      {
        method: 'deleteMessages',
        params: { message_ids: 'x' },
        description: "Bad Request: can't parse message_ids JSON object",
      },
      {
        method: 'deleteMessages',
        params: { message_ids: Array.from({ length: 101 }, (_, index) => index + 1) },
        description: 'Bad Request: too many message identifiers specified',
      },
    ])
    .run(async ({ assert }, { method, params, description }) => {
      assert.equal(await api.refusal(method, edit(params)), description)
    })

  test("a customer's message can't be edited", async ({ assert }) => {
    const said = sandbox.say(7, 'mine')

    assert.equal(
      await api.refusal('editMessageText', edit({ message_id: said.message_id, text: 'x' })),
      "Bad Request: message can't be edited"
    )
  })

  test('what was sent to somebody who has blocked the bot since can still be edited', async ({ assert }) => {
    sandbox.block(7)

    assert.deepInclude(await api.ok('editMessageText', edit({ text: 'two' })), { text: 'two' })
  })

  test('captions and media are edited', async ({ assert }) => {
    const photo = await api.upload('sendPhoto', { chat_id: '7', photo: blob(png(20, 10)), caption: 'one' })
    const target = { message_id: photo.body.result.message_id }

    assert.deepInclude(await api.ok('editMessageCaption', edit({ ...target, caption: 'two' })), { caption: 'two' })
    assert.notProperty(await api.ok('editMessageCaption', edit(target)), 'caption')
    assert.equal(
      await api.refusal('editMessageText', edit({ ...target, text: 'x' })),
      'Bad Request: there is no text in the message to edit'
    )
    const { body } = await api.upload('editMessageMedia', {
      chat_id: '7',
      message_id: String(target.message_id),
      media: JSON.stringify({ type: 'photo', media: 'attach://new', caption: '<i>three</i>', parse_mode: 'HTML' }),
      new: blob(png(30, 10)),
    })
    assert.deepInclude(body.result, { caption: 'three', caption_entities: [{ type: 'italic', offset: 0, length: 5 }] })
    assert.equal(body.result.photo.at(-1).width, 30)
  })

  test('messages of both sides can be deleted for 48 hours', async ({ assert }) => {
    const said = sandbox.say(7, 'mine')

    assert.isTrue(await api.ok('deleteMessage', edit({ message_id: said.message_id })))
    sandbox.world.clock.advance(48 * 3600 * 1000 - 10_000)
    assert.isTrue(await api.ok('deleteMessage', edit({})))
    assert.isEmpty(sandbox.messages(7))
  })

  test('after 48 hours a message stays, alone or among others', async ({ assert }) => {
    sandbox.world.clock.advance(48 * 3600 * 1000 + 2000)
    const { message_id: fresh } = await api.ok('sendMessage', { chat_id: 7, text: 'new' })

    assert.equal(await api.refusal('deleteMessage', edit({})), "Bad Request: message can't be deleted for everyone")
    assert.equal(
      await api.refusal('deleteMessages', { chat_id: 7, message_ids: [id, fresh] }),
      "Bad Request: message can't be deleted for everyone"
    )
    assert.lengthOf(sandbox.messages(7), 2)
  })

  test('of many messages those that are gone are skipped', async ({ assert }) => {
    assert.isTrue(await api.ok('deleteMessages', { chat_id: 7, message_ids: [id, 98, 99] }))
    assert.isEmpty(sandbox.messages(7))
  })
})
