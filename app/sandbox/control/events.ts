import { HANDLED, numberOf, route, type ControlHandler } from '#sandbox/control/route'
import { chatSummary } from '#sandbox/control/views'
import { findChat } from '#sandbox/api/chats'
import type { LiveEvent } from '#sandbox/live'
import type { World } from '#sandbox/world'

/** How often the page hears of news. Shorter than anybody notices, long enough to gather a burst. */
const FLUSH_MS = 40

/** Beyond so many chats in one burst the page is told to load its list again. */
const MAX_CHATS = 40

/**
 * Server-sent events for the page: everything of the chat it shows (`chat`), a new line of the chat list for others.
 * A broadcast to thousands reaches it as a few "refresh".
 */
const events: ControlHandler = ({ world, params, response }) => {
  const shown = numberOf(params, 'chat')
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
  })
  response.write(': hello\n\n')

  let details: LiveEvent[] = []
  let chats = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    timer = undefined
    for (const event of details) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    response.write(listEvent(world, chats))
    details = []
    chats = new Set()
  }
  const stop = world.live.on((event) => {
    if (!('chatId' in event) || event.chatId === shown) details.push(event)
    if ('chatId' in event && chats.size <= MAX_CHATS) chats.add(event.chatId)
    timer ??= setTimeout(flush, FLUSH_MS)
  })
  const heartbeat = setInterval(() => response.write(': still here\n\n'), 20_000)
  response.on('close', () => {
    stop()
    clearInterval(heartbeat)
    clearTimeout(timer)
  })
  return HANDLED
}

function listEvent(world: World, chats: Set<number>): string {
  if (chats.size === 0) return ''
  if (chats.size > MAX_CHATS) return 'event: refresh\ndata: {}\n\n'
  const summaries = [...chats].flatMap((id) => {
    const target = findChat(world, String(id))
    return target ? [chatSummary(world, target.chat, target.customer)] : []
  })
  return `event: chats\ndata: ${JSON.stringify({ chats: summaries })}\n\n`
}

export const eventRoutes = [route('GET', '/sandbox/events', events)]
