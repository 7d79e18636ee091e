import { chatIdOf, numberOf, route, type ControlHandler } from '#sandbox/control/route'
import { waitForAnswer, waitForEdit, waitForMessage } from '#sandbox/people/waiting'

const MAX_MS = 60_000

/** Long polls for tests in another process: a message of the bot, or with `message_id` an edit of that one. */
const message: ControlHandler = ({ world, path, params }) => {
  const filter = {
    text: params.text('text') || undefined,
    button: params.text('button') || undefined,
    after: numberOf(params, 'after'),
    timeoutMs: params.integer('timeout_ms', 5000, 1, MAX_MS),
  }
  const messageId = numberOf(params, 'message_id')
  return messageId === undefined
    ? waitForMessage(world, chatIdOf(path), filter)
    : waitForEdit(world, chatIdOf(path), messageId, filter)
}

const answer: ControlHandler = ({ world, path, params }) =>
  waitForAnswer(world, path.id, params.integer('timeout_ms', 5000, 1, MAX_MS))

export const waitingRoutes = [
  route('GET', '/sandbox/chats/:id/wait', message),
  route('GET', '/sandbox/callbacks/:id/wait', answer),
]
