import { targetChat } from '#sandbox/api/chats'
import type { Method } from '#sandbox/api/method'
import { badRequest } from '#sandbox/errors'
import type { World } from '#sandbox/world'

export const pinChatMessage: Method = ({ world, params }) => {
  const { chat } = targetChat(world, params, 'edit')
  const message = world.messages.find(chat.id, params.messageId())
  if (!message) throw badRequest('message to pin not found')
  setPins(world, chat.id, (pins) => [...pins.filter((id) => id !== message.message_id), message.message_id])
  return true
}

/** Without a message the latest pin goes. */
export const unpinChatMessage: Method = ({ world, params }) => {
  const { chat } = targetChat(world, params, 'edit')
  const wanted = params.messageId() || world.messages.peek(chat.id)?.pinned.at(-1)
  if (!wanted || !world.messages.peek(chat.id)?.pinned.includes(wanted)) throw badRequest('message to unpin not found')
  setPins(world, chat.id, (pins) => pins.filter((id) => id !== wanted))
  return true
}

export const unpinAllChatMessages: Method = ({ world, params }) => {
  const { chat } = targetChat(world, params, 'edit')
  setPins(world, chat.id, () => [])
  return true
}

function setPins(world: World, chatId: number, change: (pins: number[]) => number[]): void {
  const log = world.messages.log(chatId)
  log.pinned = change(log.pinned)
  world.live.emit({ type: 'pin', chatId, pinned: log.pinned })
}
