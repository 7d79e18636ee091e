import { targetTopic, type Target } from '#sandbox/api/chats'
import { isObject, type Params } from '#sandbox/api/params'
import { isInline, replyMarkup } from '#sandbox/api/reply_markup'
import { badRequest } from '#sandbox/errors'
import type { Message, ReplyMarkup } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

/** What a message carries, before it has an id and a place. */
export type Content = Partial<Omit<Message, 'message_id' | 'chat' | 'date' | 'from'>>

/** Everything a call says about how its message is sent, checked. */
export interface Delivery {
  target: Target
  thread: number
  replyTo?: Message
  markup?: ReplyMarkup
  protect: boolean
}

export function delivery(world: World, params: Params, target: Target): Delivery {
  return {
    target,
    thread: targetTopic(target, params),
    replyTo: repliedMessage(world, params, target),
    markup: replyMarkup(params),
    protect: params.flag('protect_content'),
  }
}

/** Puts a message of the bot into a chat. */
export function deliver(
  world: World,
  { target, thread, replyTo, markup, protect }: Delivery,
  content: Content
): Message {
  const isChannel = target.chat.type === 'channel'
  const message: Message = {
    message_id: nextMessageId(world, target),
    ...(thread && { message_thread_id: thread, is_topic_message: true }),
    ...(isChannel ? { sender_chat: target.chat } : { from: world.bot.user }),
    chat: target.chat,
    date: world.clock.seconds(),
    ...(replyTo && { reply_to_message: withoutReply(replyTo) }),
    ...content,
    ...(isInline(markup) && { reply_markup: markup }),
    ...(protect && { has_protected_content: true }),
  }
  world.messages.add(message)
  applyInputKeyboard(world, target.chat.id, markup)
  world.messages.log(target.chat.id).unread++
  world.live.emit({ type: 'message', chatId: target.chat.id, message })
  return message
}

export function nextMessageId(world: World, target: Target): number {
  return target.group ? ++target.group.lastMessageId : world.messages.nextPrivateId()
}

/** Replies are not nested in what the Bot API shows. */
export function withoutReply(message: Message): Message {
  const copy = { ...message }
  delete copy.reply_to_message
  return copy
}

function applyInputKeyboard(world: World, chatId: number, markup: ReplyMarkup | undefined): void {
  if (!markup || isInline(markup)) return
  const log = world.messages.log(chatId)
  log.keyboard = 'remove_keyboard' in markup ? undefined : markup
}

function repliedMessage(world: World, params: Params, target: Target): Message | undefined {
  const options = params.json('reply_parameters', "Can't parse reply parameters JSON object")
  if (options !== undefined && !isObject(options)) throw badRequest('Object expected as reply parameters')
  const id = options ? Number(options.message_id) : params.messageId('reply_to_message_id')
  if (!id) return undefined
  const message = world.messages.find(target.chat.id, id)
  const mayMiss = options ? options.allow_sending_without_reply === true : params.flag('allow_sending_without_reply')
  if (!message && !mayMiss) throw badRequest('message to be replied not found')
  return message
}
