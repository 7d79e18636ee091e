import { targetChat, type Target } from '#sandbox/api/chats'
import type { Method } from '#sandbox/api/method'
import { badRequest } from '#sandbox/errors'
import type { Message } from '#sandbox/state/types'
import type { World } from '#sandbox/world'

/** How long a bot may take back what was said. */
const DELETABLE_SECONDS = 48 * 60 * 60

export const deleteMessage: Method = ({ world, params }) => {
  if (!params.has('chat_id')) throw badRequest('Chat identifier is not specified')
  if (!params.has('message_id')) throw badRequest('Message identifier is not specified')
  const target = targetChat(world, params, 'edit')
  const message = world.messages.find(target.chat.id, params.messageId())
  if (!message) throw badRequest('message to delete not found')
  if (!isDeletable(world, target, message)) throw badRequest("message can't be deleted for everyone")
  remove(world, target, [message.message_id])
  return true
}

/** Messages that are not there are skipped without an error. */
export const deleteMessages: Method = ({ world, params }) => {
  const ids = params.messageIds()
  const target = targetChat(world, params, 'edit')
  const found = ids.flatMap((id) => world.messages.find(target.chat.id, id) ?? [])
  if (!found.every((message) => isDeletable(world, target, message))) {
    throw badRequest("message can't be deleted for everyone")
  }
  remove(
    world,
    target,
    found.map((message) => message.message_id)
  )
  return true
}

/** In a private chat both sides' messages of the last 48 hours; an administrator of a group may delete any. */
function isDeletable(world: World, target: Target, message: Message): boolean {
  if (target.group?.botStatus === 'administrator') return true
  const isOwn = message.from?.id === world.bot.user.id
  const isFresh = world.clock.seconds() - message.date <= DELETABLE_SECONDS
  return isFresh && (isOwn || target.customer !== undefined)
}

function remove(world: World, target: Target, messageIds: number[]): void {
  if (messageIds.length === 0) return
  for (const id of messageIds) world.messages.remove(target.chat.id, id)
  world.live.emit({ type: 'delete', chatId: target.chat.id, messageIds })
}
