import { isDeepStrictEqual } from 'node:util'
import { targetChat } from '#sandbox/api/chats'
import type { Params } from '#sandbox/api/params'
import { badRequest } from '#sandbox/errors'
import type { InlineKeyboard, Message } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

/** The message of the bot that a call wants to change. */
export function messageToEdit(world: World, params: Params): Message {
  if (!params.has('chat_id') && !params.has('message_id')) {
    if (!params.has('inline_message_id')) throw badRequest('Message identifier is not specified')
    throw badRequest('MESSAGE_ID_INVALID')
  }
  const { chat } = targetChat(world, params, 'edit')
  const message = world.messages.find(chat.id, params.messageId())
  if (!message) throw badRequest('message to edit not found')
  if (message.from?.id !== world.bot.user.id && message.sender_chat === undefined) {
    throw badRequest("message can't be edited")
  }
  return message
}

/** Replaces content and keyboard, or refuses when that would change nothing. */
export function applyEdit(
  world: World,
  message: Message,
  content: Partial<Message>,
  markup: InlineKeyboard | undefined,
  removed: readonly (keyof Message)[] = []
): Message {
  const edited: Message = { ...message, ...content }
  for (const field of removed) if (!(field in content)) delete edited[field]
  delete edited.reply_markup
  if (markup) edited.reply_markup = markup
  if (sameContent(edited, message)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'
    )
  }
  edited.edit_date = world.clock.seconds()
  world.messages.replace(edited)
  world.live.emit({ type: 'edit', chatId: edited.chat.id, message: edited })
  return edited
}

function sameContent(a: Message, b: Message): boolean {
  return isDeepStrictEqual({ ...a, edit_date: 0 }, { ...b, edit_date: 0 })
}
