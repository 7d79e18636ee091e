import http from 'node:http'
import https from 'node:https'
import { pipeline } from 'node:stream'
import { TelegramGateway, TelegramUnreachable, type TelegramCallOptions } from '#core/contracts/telegram_gateway'
import { readAnswer } from '#notifications/telegram/answer'
import { hasUpload, multipart, UnreadableUpload } from '#notifications/telegram/multipart'

const DEFAULT_TIMEOUT_MS = 30_000

/**
 * The Bot API over kept-alive connections of node:http. It says whether a failed request may have left, which
 * decides whether a broadcast may be sent again; general clients hide that.
 */
export class HttpTelegramGateway extends TelegramGateway {
  readonly botId: number
  readonly #path: string
  readonly #target: http.RequestOptions
  readonly #transport: typeof http | typeof https

  constructor(token: string, apiRoot: string) {
    super()
    this.botId = Number(token.split(':')[0])
    const { protocol, hostname, port, pathname } = new URL(apiRoot)
    this.#transport = protocol === 'http:' ? http : https
    const agent = new this.#transport.Agent({ keepAlive: true, maxFreeSockets: 256, scheduling: 'lifo' })
    this.#path = `${pathname.replace(/\/+$/, '')}/bot${token}/`
    this.#target = { method: 'POST', protocol, hostname, port, agent }
  }

  async call<T>(method: string, payload: Record<string, unknown>, options: TelegramCallOptions = {}): Promise<T> {
    const { status, body } = await this.#request(method, payload, options)
    return readAnswer<T>(method, status, body)
  }

  #request(method: string, payload: Record<string, unknown>, options: TelegramCallOptions) {
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      let written = false
      const request = this.#transport.request({ ...this.#target, path: this.#path + method })
      const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
      const timer = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
      const abort = () => request.destroy(new Error('aborted'))

      const settle = () => {
        clearTimeout(timer)
        options.signal?.removeEventListener('abort', abort)
      }
      const fail = (error: Error & { code?: string }) => {
        settle()
        if (error instanceof UnreadableUpload) reject(error)
        else reject(new TelegramUnreachable(method, written, { detail: error.code ?? error.message }))
      }

      request.on('error', fail)
      request.on('socket', (socket) => {
        if (!socket.connecting) written = true
        else socket.once(this.#transport === https ? 'secureConnect' : 'connect', () => (written = true))
      })
      request.on('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', fail)
        response.on('end', () => {
          settle()
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() })
        })
      })

      if (options.signal?.aborted) return abort()
      options.signal?.addEventListener('abort', abort, { once: true })
      send(request, payload, fail)
    })
  }
}

function send(request: http.ClientRequest, payload: Record<string, unknown>, fail: (error: Error) => void) {
  if (hasUpload(payload)) {
    const { contentType, stream } = multipart(payload)
    request.setHeader('content-type', contentType)
    stream.once('error', fail)
    pipeline(stream, request, () => {})
    return
  }
  const body = Buffer.from(JSON.stringify(payload))
  request.setHeader('content-type', 'application/json')
  request.setHeader('content-length', body.length)
  request.end(body)
}
