import { targetChat } from '#sandbox/api/chats'
import type { Method } from '#sandbox/api/method'
import { badRequest } from '#sandbox/errors'

const ACTIONS = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]

export const sendChatAction: Method = ({ world, params }) => {
  const action = params.text('action')
  if (!ACTIONS.includes(action)) throw badRequest('Wrong parameter action in request')
  const { chat } = targetChat(world, params, 'write')
  world.live.emit({ type: 'action', chatId: chat.id, action })
  return true
}
