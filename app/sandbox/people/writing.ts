import { findChat, type Target } from '#sandbox/api/chats'
import { nextMessageId, withoutReply } from '#sandbox/api/deliver'
import { addDocument, addPhoto, documentOf, photoSizes } from '#sandbox/api/media'
import type { UploadedFile } from '#sandbox/api/params'
import { MAX_CAPTION, MAX_TEXT } from '#sandbox/api/text'
import { cleanText, isInvisible } from '#sandbox/entities/clean'
import { findEntities } from '#sandbox/entities/find'
import { ControlError } from '#sandbox/errors'
import { publicUser } from '#sandbox/state/customers'
import type { Customer, Message } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

export interface WriteOptions {
  /** a group or forum; the customer's own chat with the bot by default */
  chatId?: number
  threadId?: number
  replyTo?: number
}

/** A customer writes a text. The first one presses START, as there is no other way to begin. */
export function say(world: World, customerId: number, source: string, options: WriteOptions = {}): Message {
  const { text } = cleanText({ text: source, entities: [] })
  if (isInvisible(text)) throw new ControlError(422, 'A message needs a text.')
  if (text.length > MAX_TEXT) throw new ControlError(422, `A message has at most ${MAX_TEXT} characters.`)
  const entities = findEntities(text)
  return write(world, customerId, { text, ...(entities.length > 0 && { entities }) }, options)
}

/** Opens `https://t.me/<bot>?start=<payload>` and presses START. */
export function start(world: World, customerId: number, payload = ''): Message {
  if (!/^[A-Za-z0-9_-]{0,64}$/.test(payload)) {
    throw new ControlError(422, 'A start parameter has up to 64 characters of A-Z, a-z, 0-9, _ and -.')
  }
  return say(world, customerId, payload ? `/start ${payload}` : '/start')
}

export function sayPhoto(
  world: World,
  customerId: number,
  file: UploadedFile,
  caption = '',
  options: WriteOptions = {}
): Message {
  return write(world, customerId, { photo: photoSizes(addPhoto(world, file)), ...captionOf(caption) }, options)
}

export function sayDocument(
  world: World,
  customerId: number,
  file: UploadedFile,
  caption = '',
  options: WriteOptions = {}
): Message {
  return write(world, customerId, { document: documentOf(addDocument(world, file)), ...captionOf(caption) }, options)
}

/** Any message of a customer, with the update for the bot. */
export function write(
  world: World,
  customerId: number,
  content: Partial<Message>,
  options: WriteOptions = {}
): Message {
  const customer = world.customers.get(customerId)
  const target = placeFor(world, customer, options.chatId)
  const replied = options.replyTo === undefined ? undefined : world.messages.find(target.chat.id, options.replyTo)
  const message: Message = {
    message_id: nextMessageId(world, target),
    ...(options.threadId && { message_thread_id: options.threadId, is_topic_message: true }),
    from: publicUser(customer),
    chat: target.chat,
    date: world.clock.seconds(),
    ...(replied && { reply_to_message: withoutReply(replied) }),
    ...content,
  }
  world.messages.add(message)
  world.messages.log(target.chat.id).unread = 0
  world.live.emit({ type: 'message', chatId: target.chat.id, message })
  world.updates.push('message', message, target.chat.id)
  return message
}

function placeFor(world: World, customer: Customer, chatId = customer.id): Target {
  const target = findChat(world, String(chatId))
  if (!target) throw new ControlError(404, `The sandbox knows no chat ${chatId}.`)
  if (target.group) {
    if (!target.group.members.has(customer.id)) {
      throw new ControlError(409, `${customer.first_name} is not a member of ${target.chat.title}.`)
    }
    return target
  }
  if (customer.deactivated) throw new ControlError(409, `${customer.first_name} has deleted the account.`)
  if (customer.blocked) throw new ControlError(409, `${customer.first_name} has blocked the bot: unblock it first.`)
  customer.started = true
  return target
}

function captionOf(source: string): Partial<Message> {
  const { text } = cleanText({ text: source, entities: [] })
  if (text.length > MAX_CAPTION) throw new ControlError(422, `A caption has at most ${MAX_CAPTION} characters.`)
  const entities = findEntities(text)
  return { ...(text && { caption: text }), ...(entities.length > 0 && { caption_entities: entities }) }
}
