import { test } from '@japa/runner'
import { startSandbox, type RunningSandbox } from '#tests/support/sandbox/bot_api'
import { png } from '#tests/support/sandbox/images'

test.group('Sandbox | Chats', (group) => {
  let sandbox: RunningSandbox['sandbox']
  let api: RunningSandbox['api']

  group.each.setup(async () => {
    ;({ sandbox, api } = await startSandbox())
    sandbox.customer({ id: 7, first_name: 'Anna', username: 'anna', bio: 'Hi' })
    sandbox.customer({ id: 8, first_name: 'Ben' })
    return () => sandbox.stop()
  })

  test('getChat shows profile and pin, also of somebody who has blocked the bot', async ({ assert }) => {
    const { message_id: id } = await api.ok('sendMessage', { chat_id: 7, text: 'rules' })
    await api.ok('pinChatMessage', { chat_id: 7, message_id: id })
    sandbox.block(7)
    const chat = await api.ok('getChat', { chat_id: 7 })

    assert.deepInclude(chat, { id: 7, type: 'private', first_name: 'Anna', username: 'anna', bio: 'Hi' })
    assert.equal(chat.pinned_message.text, 'rules')
    await api.ok('unpinChatMessage', { chat_id: 7 })
    assert.notProperty(await api.ok('getChat', { chat_id: 7 }), 'pinned_message')
    assert.equal(await api.refusal('unpinChatMessage', { chat_id: 7 }), 'Bad Request: message to unpin not found')
    assert.equal(
      await api.refusal('pinChatMessage', { chat_id: 7, message_id: 99 }),
      'Bad Request: message to pin not found'
    )
  })

  test('profile photos are those of the customer', async ({ assert }) => {
    const said = sandbox.sayPhoto(7, { name: 'a.png', mimeType: 'image/png', data: png(10, 10) })
    sandbox.customer({ id: 7, photo_file_id: said.photo![0].file_id })

    assert.deepInclude(await api.ok('getUserProfilePhotos', { user_id: 7 }), { total_count: 1 })
    assert.deepInclude(await api.ok('getUserProfilePhotos', { user_id: 8 }), { total_count: 0 })
    assert.equal(await api.refusal('getUserProfilePhotos', { user_id: 99 }), 'Bad Request: user not found')
  })

  test('a chat action must be one that exists', async ({ assert }) => {
    assert.isTrue(await api.ok('sendChatAction', { chat_id: 7, action: 'typing' }))
    assert.equal(
      await api.refusal('sendChatAction', { chat_id: 7, action: 'dancing' }),
      'Bad Request: wrong parameter action in request'
    )
  })

  test('members of a group have their statuses', async ({ assert }) => {
    const { chat } = sandbox.group({ title: 'Team', administrators: [7], members: [8], botStatus: 'member' })
    const status = async (userId: number) => {
      const member = await api.ok('getChatMember', { chat_id: chat.id, user_id: userId })
      return member.status
    }
    sandbox.customer({ id: 9 })

    assert.equal(await status(7), 'creator')
    assert.equal(await status(8), 'member')
    assert.equal(await status(9), 'left')
    assert.equal(await status(Number.parseInt(api.token, 10)), 'member')
    assert.equal(await api.refusal('getChatMember', { chat_id: chat.id, user_id: 99 }), 'Bad Request: member not found')
    assert.lengthOf(await api.ok('getChatAdministrators', { chat_id: chat.id }), 1)
    assert.equal(await api.ok('getChatMemberCount', { chat_id: chat.id }), 3)
  })

  test('a group counts its messages by itself, and its topics are checked', async ({ assert }) => {
    const { chat } = sandbox.group({ title: 'Forum', forum: true, administrators: [7] })
    const topic = await api.ok('createForumTopic', { chat_id: chat.id, name: '#1024 Refund' })
    const sent = await api.ok('sendMessage', {
      chat_id: chat.id,
      text: 'x',
      message_thread_id: topic.message_thread_id,
    })

    assert.deepInclude(sent, { message_id: 2, message_thread_id: topic.message_thread_id, is_topic_message: true })
    assert.equal(
      await api.refusal('sendMessage', { chat_id: chat.id, text: 'x', message_thread_id: 99 }),
      'Bad Request: message thread not found'
    )
    await api.ok('closeForumTopic', { chat_id: chat.id, message_thread_id: topic.message_thread_id })
    assert.equal(
      await api.refusal('closeForumTopic', { chat_id: chat.id, message_thread_id: topic.message_thread_id }),
      'Bad Request: TOPIC_NOT_MODIFIED'
    )
    await api.ok('deleteForumTopic', { chat_id: chat.id, message_thread_id: topic.message_thread_id })
    assert.isEmpty(sandbox.messages(chat))
    assert.equal(
      await api.refusal('createForumTopic', { chat_id: chat.id, name: ' ' }),
      'Bad Request: TOPIC_TITLE_EMPTY'
    )
    assert.equal(
      await api.refusal('createForumTopic', { chat_id: 7, name: 'x' }),
      'Bad Request: the chat is not a forum'
    )
  })

  test('members write in topics and the bot hears it', async ({ assert }) => {
    const { chat } = sandbox.group({ title: 'Forum', forum: true, administrators: [7] })
    const topic = await api.ok('createForumTopic', { chat_id: chat.id, name: 'x' })
    sandbox.say(7, 'answer', { chatId: chat.id, threadId: topic.message_thread_id })
    const [{ message }] = await api.ok('getUpdates')

    assert.deepInclude(message, { text: 'answer', message_thread_id: topic.message_thread_id })
    assert.equal(message.from.id, 7)
    assert.throws(() => sandbox.say(8, 'x', { chatId: chat.id }), /not a member/)
  })

  test('a group refuses the bot: {description}')
    .with([
      {
        type: 'supergroup' as const,
        status: 'kicked' as const,
        description: 'Forbidden: bot was kicked from the supergroup chat',
      },
      {
        type: 'group' as const,
        status: 'kicked' as const,
        description: 'Forbidden: bot was kicked from the group chat',
      },
      {
        type: 'channel' as const,
        status: 'left' as const,
        description: 'Forbidden: bot is not a member of the channel chat',
      },
      {
        type: 'channel' as const,
        status: 'member' as const,
        description: 'Bad Request: need administrator rights in the channel chat',
      },
    ])
    .run(async ({ assert }, { type, status, description }) => {
      const { chat } = sandbox.group({ title: 'G', type, botStatus: status })

      assert.equal(await api.refusal('sendMessage', { chat_id: chat.id, text: 'x' }), description)
    })

  test('a channel is found by its name and posts are signed by it', async ({ assert }) => {
    sandbox.group({ title: 'Alerts', type: 'channel', username: 'shop_alerts' })
    const sent = await api.ok('sendMessage', { chat_id: '@Shop_Alerts', text: 'x' })

    assert.equal(sent.sender_chat.title, 'Alerts')
    assert.notProperty(sent, 'from')
  })
})
