import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'

test.group('Sandbox | Sending', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox())
    sandbox.customer({ id: 7, first_name: 'Anna' })
    return () => sandbox.stop()
  })

  test('a message arrives as the bot formatted it', async ({ assert }) => {
    const sent = await api.ok('sendMessage', { chat_id: 7, text: ' <b>Hi</b>, Анно ', parse_mode: 'HTML' })

    assert.deepInclude(sent, { text: 'Hi, Анно', entities: [{ type: 'bold', offset: 0, length: 2 }] })
    assert.deepEqual(sent.chat, { id: 7, first_name: 'Anna', type: 'private' })
    assert.deepEqual(sandbox.messages(7), [sent])
  })

  test('any way to write the parameters will do: {title}')
    .with<{ title: string; init: RequestInit }[]>([
      { title: 'JSON', init: { body: '{"chat_id":7,"text":"x","disable_notification":true}' } },
      { title: 'JSON with strings', init: { body: '{"chat_id":"7","text":"x"}' } },
      { title: 'urlencoded', init: { body: new URLSearchParams({ chat_id: '7', text: 'x' }), headers: {} } },
      { title: 'multipart', init: { body: formOf({ chat_id: '7', text: 'x' }), headers: {} } },
    ])
    .run(async ({ assert }, { init }) => {
      const { status, body } = await api.call('sendMessage', {}, init)

      assert.equal(status, 200)
      assert.equal(body.result.text, 'x')
    })

  test('a GET with a query works, whatever the case of the method', async ({ assert }) => {
    const response = await fetch(`${api.url}/bot${api.token}/SENDMESSAGE?chat_id=7&text=x`)

    assert.equal(((await response.json()) as { result: { text: string } }).result.text, 'x')
  })

  test('the text is refused: {description}')
    .with([
      { params: { text: '' }, description: 'Bad Request: message text is empty' },
      { params: {}, description: 'Bad Request: message text is empty' },
      { params: { text: ' \n ' }, description: 'Bad Request: text must be non-empty' },
      { params: { text: '<b></b>', parse_mode: 'HTML' }, description: 'Bad Request: text must be non-empty' },
      { params: { text: 'x'.repeat(4097) }, description: 'Bad Request: message is too long' },
      { params: { text: '🙂'.repeat(2049) }, description: 'Bad Request: message is too long' },
      { params: { text: 'x'.repeat(40_000) }, description: 'Bad Request: text is too long' },
      { params: { text: 'x', parse_mode: 'XML' }, description: 'Bad Request: unsupported parse_mode' },
      {
        params: { text: '<p>x</p>', parse_mode: 'HTML' },
        description: 'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0',
      },
      {
        params: { text: 'a.', parse_mode: 'MarkdownV2' },
        description:
          "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
      },
      {
        params: { text: 'x', entities: [{ type: 'shiny', offset: 0, length: 1 }] },
        description: "Bad Request: can't parse MessageEntity: Unsupported type specified",
      },
      {
        params: { text: 'x', entities: [{ type: 'bold', offset: 0, length: 9 }] },
        description:
          'Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9',
      },
    ])
    .run(async ({ assert }, { params, description }) => {
      const { status, body } = await api.call('sendMessage', { chat_id: 7, ...params })

      assert.equal(status, 400)
      assert.deepEqual(body, { ok: false, error_code: 400, description })
      assert.isEmpty(sandbox.messages(7))
    })

  test('a text of 4096 units after entities passes', async ({ assert }) => {
    const text = `<b>${'🙂'.repeat(2048)}</b>`

    const sent = await api.ok('sendMessage', { chat_id: 7, text, parse_mode: 'HTML' })

    assert.lengthOf(sent.text, 4096)
  })

  test('the chat is refused: {description}')
    .with([
      { chatId: '', code: 400, description: 'Bad Request: chat_id is empty' },
      { chatId: 8, code: 400, description: 'Bad Request: chat not found' },
      { chatId: 'Anna', code: 400, description: 'Bad Request: chat not found' },
      { chatId: '@anna', code: 400, description: 'Bad Request: chat not found' },
      { chatId: 100, code: 403, description: 'Forbidden: bot was blocked by the user' },
      { chatId: 101, code: 403, description: 'Forbidden: user is deactivated' },
      { chatId: 102, code: 403, description: "Forbidden: bot can't initiate conversation with a user" },
    ])
    .run(async ({ assert }, { chatId, code, description }) => {
      sandbox.customer({ id: 100, blocked: true })
      sandbox.customer({ id: 101, deactivated: true })
      sandbox.customer({ id: 102, started: false, username: 'anna' })

      const { status, body } = await api.call('sendMessage', { chat_id: chatId, text: 'x' })

      assert.equal(status, code)
      assert.deepEqual(body, { ok: false, error_code: code, description })
    })

  test('a reply needs the message it answers, unless that may be missing', async ({ assert }) => {
    const reply = { chat_id: 7, text: 'x', reply_parameters: { message_id: 99 } }

    assert.equal(await api.refusal('sendMessage', reply), 'Bad Request: message to be replied not found')
    reply.reply_parameters = { message_id: 99, allow_sending_without_reply: true } as { message_id: number }
    assert.notProperty(await api.ok('sendMessage', reply), 'reply_to_message')

    const said = sandbox.say(7, 'question')
    const answer = await api.ok('sendMessage', {
      chat_id: 7,
      text: 'x',
      reply_parameters: { message_id: said.message_id },
    })
    assert.equal(answer.reply_to_message.text, 'question')
  })

  test('a mention by id names a user who is known and is plain text otherwise', async ({ assert }) => {
    const text = '<a href="tg://user?id=7">a</a> <a href="tg://user?id=8">b</a>'
    const { entities } = await api.ok('sendMessage', { chat_id: 7, text, parse_mode: 'HTML' })

    assert.deepEqual(entities, [
      { type: 'text_mention', offset: 0, length: 1, user: { id: 7, is_bot: false, first_name: 'Anna' } },
    ])
  })

  test('copies carry content and a new caption, forwards name where they come from', async ({ assert }) => {
    const { message_id: id } = await api.ok('sendMessage', { chat_id: 7, text: '<b>x</b>', parse_mode: 'HTML' })
    const from = { chat_id: 7, from_chat_id: 7, message_id: id }

    const copy = await api.ok('copyMessage', from)
    const forward = await api.ok('forwardMessage', from)

    assert.deepEqual(Object.keys(copy), ['message_id'])
    assert.deepInclude(sandbox.messages(7)[1], { text: 'x', entities: [{ type: 'bold', offset: 0, length: 1 }] })
    assert.equal(forward.forward_origin.sender_user.id, Number.parseInt(api.token, 10))
    assert.equal(
      await api.refusal('copyMessage', { ...from, message_id: 99 }),
      'Bad Request: message to copy not found'
    )
    assert.equal(
      await api.refusal('forwardMessage', { ...from, message_id: 99 }),
      'Bad Request: message to forward not found'
    )
  })

  test('protected content is not forwarded', async ({ assert }) => {
    const { message_id: id } = await api.ok('sendMessage', { chat_id: 7, text: 'x', protect_content: true })

    assert.include(
      await api.refusal('forwardMessage', { chat_id: 7, from_chat_id: 7, message_id: id }),
      'protected content'
    )
  })

  test('a wrong token or method is answered as Telegram does: {path}')
    .with([
      { path: '/bot1:wrong/getMe', code: 401, description: 'Unauthorized' },
      { path: '/botnonsense/getMe', code: 404, description: 'Not Found' },
      { path: '/bot{token}/getNothing', code: 404, description: 'Not Found' },
      { path: '/bot{token}', code: 404, description: 'Not Found' },
      { path: '/file/bot{token}/photos/file_9.jpg', code: 404, description: 'Not Found' },
      { path: '/file/bot1:wrong/photos/file_9.jpg', code: 401, description: 'Unauthorized' },
      { path: '/bot%E0%A4%A/getMe', code: 404, description: 'Not Found' },
    ])
    .run(async ({ assert }, { path, code, description }) => {
      const response = await fetch(api.url + path.replace('{token}', api.token))

      assert.equal(response.status, code)
      assert.deepEqual(await response.json(), { ok: false, error_code: code, description })
    })

  test('a broken body is refused: {description}')
    .with([
      { body: '{"chat_id":', type: 'application/json', description: "Bad Request: can't parse JSON object" },
      { body: '[]', type: 'application/json', description: "Bad Request: can't parse JSON object" },
      {
        body: 'x',
        type: 'multipart/form-data; boundary=y',
        description: "Bad Request: can't parse multipart form data",
      },
    ])
    .run(async ({ assert }, { body, type, description }) => {
      const answer = await api.call('sendMessage', {}, { body, headers: { 'Content-Type': type } })

      assert.equal(answer.body.description, description)
    })
})

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}
