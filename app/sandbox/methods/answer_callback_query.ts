import type { Method } from '#sandbox/api/method'
import { badRequest } from '#sandbox/errors'

const MAX_TEXT = 200

export const answerCallbackQuery: Method = ({ world, params }) => {
  const text = params.text('text')
  if (text.length > MAX_TEXT) throw badRequest('MESSAGE_TOO_LONG')
  const answer = {
    ...(text && { text }),
    ...(params.flag('show_alert') && { show_alert: true }),
    ...(params.has('url') && { url: params.text('url') }),
  }
  const pressed = world.callbacks.answer(params.text('callback_query_id'), answer, world.clock.now())
  if (!pressed) throw badRequest('query is too old and response timeout expired or query ID is invalid')

  const { id: queryId, chatId, messageId } = pressed
  world.live.emit({ type: 'answer', chatId, queryId, messageId, answer })
  return true
}
