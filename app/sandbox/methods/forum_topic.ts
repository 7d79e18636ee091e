import { targetChat } from '#sandbox/api/chats'
import type { Method } from '#sandbox/api/method'
import type { Params } from '#sandbox/api/params'
import { badRequest } from '#sandbox/errors'
import type { Group, Topic } from '#sandbox/state/groups'
import type { World } from '#sandbox/world'

const COLORS = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047]
const MAX_NAME = 128

export const createForumTopic: Method = ({ world, params }) => {
  const group = forum(world, params)
  const name = topicName(params)
  const color = params.integer('icon_color', COLORS[0])
  if (!COLORS.includes(color)) throw badRequest('TOPIC_ICON_COLOR_INVALID')
  const topic: Topic = { message_thread_id: ++group.lastMessageId, name, icon_color: color, closed: false }
  group.topics.set(topic.message_thread_id, topic)
  return { message_thread_id: topic.message_thread_id, name, icon_color: color }
}

export const editForumTopic: Method = ({ world, params }) => {
  const topic = existing(forum(world, params), params)
  const name = params.has('name') ? topicName(params) : topic.name
  if (name === topic.name) throw badRequest('TOPIC_NOT_MODIFIED')
  topic.name = name
  return true
}

export const closeForumTopic: Method = (call) => setClosed(call, true)
export const reopenForumTopic: Method = (call) => setClosed(call, false)

export const deleteForumTopic: Method = ({ world, params }) => {
  const group = forum(world, params)
  const topic = existing(group, params)
  group.topics.delete(topic.message_thread_id)
  const gone = world.messages.list(group.chat.id).filter((m) => m.message_thread_id === topic.message_thread_id)
  for (const { message_id: id } of gone) world.messages.remove(group.chat.id, id)
  world.live.emit({ type: 'delete', chatId: group.chat.id, messageIds: gone.map(({ message_id: id }) => id) })
  return true
}

function setClosed({ world, params }: Parameters<Method>[0], closed: boolean): true {
  const topic = existing(forum(world, params), params)
  if (topic.closed === closed) throw badRequest('TOPIC_NOT_MODIFIED')
  topic.closed = closed
  return true
}

function forum(world: World, params: Params): Group {
  const { group } = targetChat(world, params, 'edit')
  if (!group?.chat.is_forum) throw badRequest('the chat is not a forum')
  if (group.botStatus !== 'administrator') throw badRequest('not enough rights to create a topic')
  return group
}

function existing(group: Group, params: Params): Topic {
  const topic = group.topics.get(params.messageId('message_thread_id'))
  if (!topic) throw badRequest('TOPIC_ID_INVALID')
  return topic
}

function topicName(params: Params): string {
  const name = params.text('name').trim()
  if (!name) throw badRequest('TOPIC_TITLE_EMPTY')
  if (name.length > MAX_NAME) throw badRequest('TOPIC_TITLE_INVALID')
  return name
}
