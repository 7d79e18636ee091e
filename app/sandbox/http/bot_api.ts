import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Described } from '#sandbox/api/method'
import type { Params } from '#sandbox/api/params'
import { ApiError } from '#sandbox/errors'
import type { Strike } from '#sandbox/faults'
import { readParams } from '#sandbox/http/body'
import { sendBytes, sendJson } from '#sandbox/http/respond'
import { DROPPED_AFTER, DROPPED_BEFORE, methodClass } from '#sandbox/journal'
import { findMethod, type RegisteredMethod } from '#sandbox/methods/index'
import type { World } from '#sandbox/world'

const NOT_FOUND = new ApiError(404, 'Not Found')
const UNAUTHORIZED = new ApiError(401, 'Unauthorized')

interface Outcome {
  status: number
  body: unknown
  messageId: number
  headers?: Record<string, string | number>
}

/** `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export class BotApi {
  constructor(readonly world: World) {}

  async handle(request: IncomingMessage, response: ServerResponse, url: URL, arrivedAt: number): Promise<void> {
    const [token, name] = splitPath(url.pathname, '/bot')
    const method = findMethod(name)
    if (token !== this.world.options.token || !method) {
      request.resume()
      return this.#refuse(response, token === this.world.options.token ? NOT_FOUND : wrongToken(token))
    }
    const seq = this.world.journal.open(arrivedAt, method.name)
    await this.#answer(request, response, url, method, seq, arrivedAt)
  }

  sendFile(response: ServerResponse, pathname: string): void {
    const [token, path] = splitPath(pathname, '/file/bot')
    const file = token === this.world.options.token ? this.world.files.findByPath(path) : undefined
    if (!file) return this.#refuse(response, token === this.world.options.token ? NOT_FOUND : wrongToken(token))
    sendBytes(response, file.data, { 'Content-Type': file.mimeType })
  }

  /** A call that came as the answer to a webhook: its result goes nowhere. */
  async callSilently(methodName: string, params: Params, arrivedAt: number): Promise<void> {
    const method = findMethod(methodName)
    if (!method) return
    const seq = this.world.journal.open(arrivedAt, method.name)
    const chatId = chatOf(params)
    const outcome = await this.#run(method, params, chatId, () => AbortSignal.timeout(60_000), arrivedAt)
    this.world.journal.close(seq, outcome.status, chatId, outcome.messageId)
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    method: RegisteredMethod,
    seq: number,
    arrivedAt: number
  ): Promise<void> {
    const { journal, faults } = this.world
    const params = await this.#readParams(request, url)
    if (params instanceof ApiError) {
      journal.close(seq, params.code, 0)
      return this.#refuse(response, params)
    }
    const chatId = chatOf(params)
    const strike = faults.strike(method.name, chatId)
    if (strike.dropBefore) {
      journal.close(seq, DROPPED_BEFORE, chatId)
      request.socket.destroy()
      return
    }

    const outcome = strike.error
      ? refusal(strike.error)
      : await this.#run(method, params, chatId, () => closeSignal(response), arrivedAt)
    journal.close(seq, strike.dropAfter ? DROPPED_AFTER : outcome.status, chatId, outcome.messageId)
    await this.#finish(request, response, strike, outcome)
  }

  async #finish(request: IncomingMessage, response: ServerResponse, strike: Strike, outcome: Outcome): Promise<void> {
    if (strike.delayMs > 0) await sleep(strike.delayMs)
    if (strike.dropAfter) request.socket.destroy()
    else if (!strike.silent && !response.destroyed) sendJson(response, outcome.status, outcome.body, outcome.headers)
  }

  async #readParams(request: IncomingMessage, url: URL): Promise<Params | ApiError> {
    try {
      return await readParams(request, url.searchParams)
    } catch (error) {
      if (error instanceof ApiError) return error
      throw error
    }
  }

  async #run(
    method: RegisteredMethod,
    params: Params,
    chatId: number,
    signal: () => AbortSignal,
    arrivedAt: number
  ): Promise<Outcome> {
    try {
      if (methodClass(method.name) === 'send') {
        this.world.limits.admit(chatId, chatId < 0, params.flag('allow_paid_broadcast'), arrivedAt)
      }
      const answer = await method.run({ world: this.world, params, signal })
      const described = answer instanceof Described ? answer : { result: answer }
      return { status: 200, body: { ok: true, ...described }, messageId: messageIdOf(described.result) }
    } catch (error) {
      if (error instanceof ApiError) return refusal(error)
      throw error
    }
  }

  #refuse(response: ServerResponse, error: ApiError): void {
    const { status, body, headers } = refusal(error)
    sendJson(response, status, body, headers)
  }
}

function refusal({ code, description, parameters }: ApiError): Outcome {
  return {
    status: code,
    body: { ok: false, error_code: code, description, ...(parameters && { parameters }) },
    messageId: 0,
    ...(parameters?.retry_after && { headers: { 'Retry-After': parameters.retry_after } }),
  }
}

function splitPath(pathname: string, prefix: string): [token: string, rest: string] {
  const path = decodeURIComponent(pathname.slice(prefix.length))
  const slash = path.indexOf('/')
  return slash < 0 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)]
}

/** What has no resemblance to a token has no bot behind it. */
function wrongToken(token: string): ApiError {
  return /^[1-9]\d*:[\w-]+$/.test(token) ? UNAUTHORIZED : NOT_FOUND
}

function chatOf(params: Params): number {
  return params.integer('chat_id')
}

function messageIdOf(result: unknown): number {
  return typeof result === 'object' && result !== null && 'message_id' in result ? Number(result.message_id) : 0
}

function closeSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}
