import { captionFields } from '#sandbox/api/caption'
import { targetChat } from '#sandbox/api/chats'
import { deliver, delivery } from '#sandbox/api/deliver'
import { inputDocument } from '#sandbox/api/media'
import type { Method } from '#sandbox/api/method'

export const sendDocument: Method = async ({ world, params }) => {
  const caption = captionFields(world, params)
  const target = targetChat(world, params, 'write')
  const checked = delivery(world, params, target)
  const document = await inputDocument(world, params, params.text('document'), 'document')
  return deliver(world, checked, { document, ...caption })
}
