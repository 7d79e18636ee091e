import http from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export interface ReceivedCall {
  /** Arrival, milliseconds of a monotonic clock. */
  at: number
  method: string
  payload: Record<string, any>
  /** Names of the parts that were files. */
  files: string[]
}

export type Answer =
  | { ok: true; result: unknown }
  | { ok: false; error_code: number; description: string; parameters?: Record<string, number> }
  /** The connection is cut without an answer. */
  | 'drop'

export type Answerer = (call: ReceivedCall, index: number) => Answer | undefined | Promise<Answer | undefined>

export const refusal = (error_code: number, description: string, parameters?: Record<string, number>): Answer => ({
  ok: false,
  error_code,
  description,
  parameters,
})

/** A Bot API server that takes note of each call that changes something and answers as it is told, else by a plain success. */
export class TelegramReceiver {
  readonly calls: ReceivedCall[] = []
  url = ''
  #answer: Answerer = () => undefined
  #server = http.createServer((request, response) => {
    this.#receive(request, response).catch(() => request.socket.destroy())
  })

  async start() {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return this
  }

  answer(answerer: Answerer) {
    this.#answer = answerer
    return this
  }

  /** Texts and captions in the order of arrival. */
  get texts() {
    return this.calls.map(({ payload }) => payload.text ?? payload.caption)
  }

  async stop() {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #receive(request: http.IncomingMessage, response: http.ServerResponse) {
    const at = performance.now()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { payload, files } = parseBody(request.headers['content-type'] ?? '', Buffer.concat(chunks))
    const call = { at, method: request.url!.split('/').at(-1)!, payload, files }
    if (call.method === 'getStarTransactions') return respond(response, { ok: true, result: { transactions: [] } })
    this.calls.push(call)
    const answer = (await this.#answer(call, this.calls.length - 1)) ?? success(call, this.calls.length)
    if (answer === 'drop') return request.socket.destroy()
    respond(response, answer)
  }
}

function respond(response: http.ServerResponse, answer: Exclude<Answer, 'drop'>) {
  const status = answer.ok ? 200 : answer.error_code
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}

/** What Telegram answers: the message, with a photo in two sizes where one was sent. */
export function success({ method, payload, files }: ReceivedCall, id: number): Answer {
  if (method.startsWith('delete')) return { ok: true, result: true }
  const photo = files.length > 0 || payload.photo ? { photo: [size('small', 90), size('large', 800)] } : {}
  return { ok: true, result: { message_id: id, chat: { id: Number(payload.chat_id) }, ...photo } }
}

const size = (name: string, width: number) => ({ file_id: `file-${name}`, width, height: width })

function parseBody(type: string, body: Buffer): Pick<ReceivedCall, 'payload' | 'files'> {
  if (!type.startsWith('multipart/')) return { payload: body.length ? JSON.parse(body.toString()) : {}, files: [] }
  const boundary = type.split('boundary=')[1]
  const payload: Record<string, string> = {}
  const files: string[] = []
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const [head, content] = part.split('\r\n\r\n')
    const name = /name="([^"]+)"/.exec(head)![1]
    if (head.includes('filename=')) files.push(name)
    else payload[name] = Buffer.from(content.replace(/\r\n$/, ''), 'latin1').toString()
  }
  return { payload, files }
}
