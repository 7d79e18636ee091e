import { findChat } from '#sandbox/api/chats'
import { storedFile } from '#sandbox/api/media'
import { chatIdOf, HANDLED, numberOf, route, type ControlHandler } from '#sandbox/control/route'
import { chatSummary, listChats } from '#sandbox/control/views'
import { ControlError } from '#sandbox/errors'
import { sendBytes } from '#sandbox/http/respond'

const list: ControlHandler = ({ world, params }) => ({
  chats: listChats(world, params.text('search'), params.integer('limit', 200, 1, 1000)),
})

const show: ControlHandler = ({ world, path, params }) => {
  const id = chatIdOf(path)
  const target = findChat(world, String(id))
  if (!target) throw new ControlError(404, `The sandbox knows no chat ${id}.`)
  const log = world.messages.peek(id)
  const limit = params.integer('limit', 200, 1, 10_000)
  return {
    chat: chatSummary(world, target.chat, target.customer),
    customer: target.customer,
    ...(target.group && {
      members: [...target.group.members].map((memberId) => world.customers.find(memberId)),
      topics: [...target.group.topics.values()],
      bot_status: target.group.botStatus,
    }),
    messages: world.messages.list(id, params.integer('after')).slice(-limit),
    pinned: log?.pinned ?? [],
    keyboard: log?.keyboard ?? null,
    commands: world.bot.commandsFor(id, target.customer?.language_code),
    menu_button: world.bot.menuButtons.get(id) ?? world.bot.menuButtons.get(0) ?? { type: 'commands' },
  }
}

const read: ControlHandler = ({ world, path }) => {
  const id = chatIdOf(path)
  const log = world.messages.peek(id)
  if (log && log.unread > 0) {
    log.unread = 0
    world.live.emit({ type: 'chat', chatId: id })
  }
  return { ok: true }
}

/** All messages, one JSON object a line: what a bench counts at the end. */
const dump: ControlHandler = ({ world, params, response }) => {
  const wanted = numberOf(params, 'chat_id')
  const ids = wanted === undefined ? [...world.messages.chatIds()] : [wanted]
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' })
  for (const id of ids) {
    for (const message of world.messages.list(id, params.integer('after'))) {
      response.write(`${JSON.stringify(message)}\n`)
    }
  }
  response.end()
  return HANDLED
}

const file: ControlHandler = ({ world, path, response }) => {
  const stored = storedFile(world, path.id)
  if (!stored) throw new ControlError(404, 'There is no such file.')
  const disposition = stored.kind === 'photo' ? 'inline' : 'attachment'
  sendBytes(response, stored.data, {
    'Content-Type': stored.kind === 'photo' ? stored.mimeType : 'application/octet-stream',
    'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(stored.name)}`,
    'Cache-Control': 'private, max-age=3600',
  })
  return HANDLED
}

export const chatRoutes = [
  route('GET', '/sandbox/chats', list),
  route('GET', '/sandbox/chats/:id', show),
  route('POST', '/sandbox/chats/:id/read', read),
  route('GET', '/sandbox/messages', dump),
  route('GET', '/sandbox/files/:id', file),
]
