import { captionFields } from '#sandbox/api/caption'
import { targetChat } from '#sandbox/api/chats'
import { deliver, delivery } from '#sandbox/api/deliver'
import { inputPhoto } from '#sandbox/api/media'
import type { Method } from '#sandbox/api/method'

export const sendPhoto: Method = async ({ world, params }) => {
  const caption = captionFields(world, params)
  const target = targetChat(world, params, 'write')
  const checked = delivery(world, params, target)
  const photo = await inputPhoto(world, params, params.text('photo'), 'photo')
  return deliver(world, checked, {
    photo,
    ...caption,
    ...(params.flag('has_spoiler') && { has_media_spoiler: true }),
  })
}
