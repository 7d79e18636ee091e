import { chatIdOf, numberOf, route, type ControlCall, type ControlHandler } from '#sandbox/control/route'
import { ControlError } from '#sandbox/errors'
import { block, setBotStatus, unblock } from '#sandbox/people/blocking'
import { pay } from '#sandbox/people/paying'
import { press, pressForged } from '#sandbox/people/pressing'
import { say, sayDocument, sayPhoto, start, type WriteOptions } from '#sandbox/people/writing'
import type { BotStatus } from '#sandbox/state/groups'

/** In a group somebody must be named by `from`; in a private chat it is the customer. */
function actor({ path, params }: ControlCall): number {
  const chatId = chatIdOf(path)
  const from = numberOf(params, 'from') ?? (chatId > 0 ? chatId : undefined)
  if (from === undefined) throw new ControlError(422, 'Say who acts in the group: "from" is a customer id.')
  return from
}

function where({ path, params }: ControlCall): WriteOptions {
  return {
    chatId: chatIdOf(path),
    threadId: numberOf(params, 'thread_id'),
    replyTo: numberOf(params, 'reply_to'),
  }
}

const sayRoute: ControlHandler = (call) => say(call.world, actor(call), call.params.text('text'), where(call))

const startRoute: ControlHandler = (call) => start(call.world, actor(call), call.params.text('payload'))

const photoRoute: ControlHandler = (call) =>
  sayPhoto(call.world, actor(call), upload(call), call.params.text('caption'), where(call))

const documentRoute: ControlHandler = (call) =>
  sayDocument(call.world, actor(call), upload(call), call.params.text('caption'), where(call))

function upload({ params }: ControlCall) {
  const file = params.files.get('file')
  if (!file) throw new ControlError(422, 'Send the upload as the multipart field "file".')
  return file
}

const pressRoute: ControlHandler = (call) => {
  const { world, params } = call
  const messageId = numberOf(params, 'message_id') ?? 0
  if (params.has('data')) return pressForged(world, actor(call), messageId, params.text('data'))
  const button = params.values.button
  if (typeof button !== 'string' && typeof button !== 'number') {
    throw new ControlError(422, 'Name the "button" by its label or its number, or give forged "data".')
  }
  return press(world, actor(call), messageId, button, { chatId: chatIdOf(call.path) })
}

const payRoute: ControlHandler = (call) =>
  pay(call.world, actor(call), numberOf(call.params, 'message_id') ?? call.params.text('link'))

const blockRoute: ControlHandler = (call) => {
  block(call.world, actor(call))
  return { ok: true }
}

const unblockRoute: ControlHandler = (call) => {
  unblock(call.world, actor(call))
  return { ok: true }
}

const botStatusRoute: ControlHandler = (call) => {
  setBotStatus(call.world, chatIdOf(call.path), call.params.text('status') as BotStatus, actor(call))
  return { ok: true }
}

const callbackRoute: ControlHandler = ({ world, path }) => {
  const pressed = world.callbacks.find(path.id)
  if (!pressed) throw new ControlError(404, 'Nobody pressed such a button.')
  return pressed
}

/** Any update at all, as it is. */
const injectRoute: ControlHandler = ({ world, params }) => {
  const type = params.text('type')
  if (!type) throw new ControlError(422, 'Name the "type" of the update, for example "message".')
  const payload = params.json('payload', 'the payload is not JSON')
  return { update_id: world.updates.push(type, payload, numberOf(params, 'chat_id') ?? 0) ?? null }
}

export const actingRoutes = [
  route('POST', '/sandbox/chats/:id/say', sayRoute),
  route('POST', '/sandbox/chats/:id/start', startRoute),
  route('POST', '/sandbox/chats/:id/photo', photoRoute),
  route('POST', '/sandbox/chats/:id/document', documentRoute),
  route('POST', '/sandbox/chats/:id/press', pressRoute),
  route('POST', '/sandbox/chats/:id/pay', payRoute),
  route('POST', '/sandbox/chats/:id/block', blockRoute),
  route('POST', '/sandbox/chats/:id/unblock', unblockRoute),
  route('POST', '/sandbox/groups/:id/bot', botStatusRoute),
  route('GET', '/sandbox/callbacks/:id', callbackRoute),
  route('POST', '/sandbox/updates', injectRoute),
]
