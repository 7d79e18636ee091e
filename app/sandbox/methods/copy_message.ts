import { captionFields, CAPTION_FIELDS } from '#sandbox/api/caption'
import { targetChat } from '#sandbox/api/chats'
import { deliver, delivery, type Content } from '#sandbox/api/deliver'
import type { Method } from '#sandbox/api/method'
import type { Params } from '#sandbox/api/params'
import { badRequest } from '#sandbox/errors'
import type { Message } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

const COPIED = [
  'text',
  'entities',
  'link_preview_options',
  'photo',
  'document',
  'has_media_spoiler',
  ...CAPTION_FIELDS,
] as const

export const copyMessage: Method = ({ world, params }) => {
  const caption = params.has('caption') ? captionFields(world, params) : undefined
  const target = targetChat(world, params, 'write')
  const source = sourceMessage(world, params, 'message to copy')
  const content = copyOf(source)
  if (caption && (source.photo || source.document)) {
    for (const field of CAPTION_FIELDS) delete content[field]
    Object.assign(content, caption)
  }
  const { message_id: messageId } = deliver(world, delivery(world, params, target), content)
  return { message_id: messageId }
}

export const forwardMessage: Method = ({ world, params }) => {
  const target = targetChat(world, params, 'write')
  const source = sourceMessage(world, params, 'message to forward')
  if (source.has_protected_content) throw badRequest("message has protected content and can't be forwarded")
  return deliver(world, delivery(world, params, target), { ...copyOf(source), forward_origin: originOf(source) })
}

function sourceMessage(world: World, params: Params, what: string): Message {
  const { chat } = targetChat(world, params, 'read', 'from_chat_id')
  const message = world.messages.find(chat.id, params.messageId())
  if (!message) throw badRequest(`${what} not found`)
  if (!COPIED.some((field) => message[field] !== undefined)) throw badRequest("message can't be copied")
  return message
}

function copyOf(message: Message): Content {
  return Object.fromEntries(COPIED.flatMap((field) => (message[field] === undefined ? [] : [[field, message[field]]])))
}

function originOf({ from, sender_chat: chat, message_id: messageId, date }: Message): Record<string, unknown> {
  return from ? { type: 'user', sender_user: from, date } : { type: 'channel', chat, message_id: messageId, date }
}
