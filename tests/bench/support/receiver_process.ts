/*
 * A Bot API server as a process of its own, for benches: it notes the arrival of every call by the system's monotonic
 * clock and answers as it was told, with jitter, stalls and faults. Runs on Node itself, so it imports nothing else.
 */
import http from 'node:http'
import os from 'node:os'

export interface Habits {
  /** Milliseconds until an answer, evenly spread between the two. */
  jitter: [number, number]
  /** Share of answers that take their time, and how long. */
  slow?: { share: number; ms: [number, number] }
  /** All answers are held back for so long, now and then. */
  stall?: { everyMs: number; ms: number }
  /** Every so-manieth of these chats has blocked the bot. */
  blocked?: { from: number; to: number; every: number }
  /** Shares of calls: refused for a moment (429, 500), taken but cut off, cut off unread. */
  faults?: { tooMany: number; error: number; cutAfter: number; cutBefore: number }
}

export interface Arrival {
  /** Monotonic, milliseconds; the same clock in all processes of the machine. */
  at: number
  chatId: number
  text: string
  /** The message counts as delivered: it was taken, whatever became of the answer. */
  taken: boolean
}

let habits: Habits = { jitter: [0, 0] }
let arrivals: Arrival[] = []
let stalledUntil = 0
let stall: NodeJS.Timeout | undefined

/** What is measured is the sender: the clock of arrivals shall not wait for a turn on the processor, if that is allowed. */
function favour() {
  try {
    os.setPriority(-15)
  } catch {
    process.stderr.write('The receiver runs at normal priority: on a busy machine it notes arrivals late\n')
  }
}

const monotonic = () => Number(process.hrtime.bigint()) / 1e6
const between = ([least, most]: [number, number]) => least + Math.random() * (most - least)

favour()
const server = http.createServer((request, response) => {
  const at = monotonic()
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => receive(at, Buffer.concat(chunks).toString(), request, response))
})
server.keepAliveTimeout = 60_000

function receive(at: number, body: string, request: http.IncomingMessage, response: http.ServerResponse) {
  const { chat_id: chatId, text } = JSON.parse(body || '{}')
  const fault = isBlocked(chatId) ? 'blocked' : drawFault()
  const taken = fault === null || fault === 'cutAfter'
  if (text !== undefined) arrivals.push({ at, chatId, text, taken })
  if (fault === 'cutBefore') return void request.socket.destroy()
  const wait = delay()
  const answer = () => (fault === 'cutAfter' ? void request.socket.destroy() : respond(response, chatId, fault))
  if (wait > 0) setTimeout(answer, wait)
  else answer()
}

type Fault = keyof NonNullable<Habits['faults']> | 'blocked'

function isBlocked(chatId: number) {
  const { blocked } = habits
  return blocked && chatId >= blocked.from && chatId < blocked.to && chatId % blocked.every === 0
}

function drawFault(): Fault | null {
  let chance = Math.random()
  for (const [fault, share] of Object.entries(habits.faults ?? {})) {
    if (chance < share) return fault as Fault
    chance -= share
  }
  return null
}

function delay() {
  const { jitter, slow } = habits
  const own = slow && Math.random() < slow.share ? between(slow.ms) : between(jitter)
  return Math.max(own, stalledUntil - monotonic())
}

const REFUSALS: Partial<Record<Fault, [number, string, object?]>> = {
  tooMany: [429, 'Too Many Requests: retry after 1', { retry_after: 1 }],
  error: [500, 'Internal Server Error'],
  blocked: [403, 'Forbidden: bot was blocked by the user'],
}

function respond(response: http.ServerResponse, chatId: number, fault: Fault | null) {
  const [code, description, parameters] = (fault && REFUSALS[fault]) || [200]
  const answer =
    code === 200
      ? { ok: true, result: { message_id: arrivals.length, date: 0, chat: { id: chatId, type: 'private' } } }
      : { ok: false, error_code: code, description, parameters }
  const body = JSON.stringify(answer)
  response.writeHead(code, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

function adopt(next: Habits) {
  habits = next
  clearInterval(stall)
  if (habits.stall) stall = setInterval(() => (stalledUntil = monotonic() + habits.stall!.ms), habits.stall.everyMs)
}

process.on('message', (message: { habits?: Habits; report?: boolean; reset?: boolean; count?: boolean }) => {
  if (message.habits) adopt(message.habits)
  if (message.reset) arrivals = []
  if (message.report) process.send!({ arrivals })
  if (message.count) process.send!({ count: arrivals.length })
  if (message.habits || message.reset) process.send!({ done: true })
})
process.on('disconnect', () => process.exit())

server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as { port: number }).port }))
