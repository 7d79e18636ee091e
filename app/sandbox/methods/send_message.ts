import { targetChat } from '#sandbox/api/chats'
import { deliver, delivery } from '#sandbox/api/deliver'
import type { Method } from '#sandbox/api/method'
import { linkPreview } from '#sandbox/api/link_preview'
import { messageText } from '#sandbox/api/text'

export const sendMessage: Method = ({ world, params }) => {
  const { text, entities } = messageText(world, params)
  const target = targetChat(world, params, 'write')
  return deliver(world, delivery(world, params, target), {
    text,
    ...(entities.length > 0 && { entities }),
    ...linkPreview(params),
  })
}
