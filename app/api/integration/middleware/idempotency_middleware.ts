import { inject } from '@adonisjs/core'
import { newReference } from '#core/reference'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { RequestJournal } from '#staff/api_keys/request_journal'
import type ApiRequest from '#staff/models/api_request'
import { problem } from '#api/integration/problems'

const HEADER = 'idempotency-key'
const SHAPE = /^[\x20-\x7E]{1,255}$/

/** The same request under the same `Idempotency-Key` has one effect and one answer, for a day. */
@inject()
export default class IdempotencyMiddleware {
  constructor(private journal: RequestJournal) {}

  async handle(ctx: HttpContext, next: NextFn) {
    const key = ctx.request.headers()[HEADER]?.toString()
    if (key === undefined) {
      ctx.actionKey = `api:${ctx.apiKey.id}:once:${newReference()}`
      return next()
    }
    if (!SHAPE.test(key)) throw problem(422, 'idempotency_key_invalid')
    return this.#once(ctx, key, next)
  }

  async #once(ctx: HttpContext, key: string, next: NextFn) {
    const { apiKey, bodyBytes: body, request, response } = ctx
    const route = `${request.method()} ${request.url()}`.slice(0, 120)
    const begun = await this.journal.begin({ apiKeyId: apiKey.id, key, route, body })
    if (begun.state === 'differs') throw problem(422, 'idempotency_key_reused')
    if (begun.state === 'in_progress')
      throw problem(409, 'idempotency_key_in_progress', undefined, { 'retry-after': '1' })
    if (begun.state === 'claimed') return this.#answer(ctx, begun.request, next)
    response.header('idempotency-replayed', 'true')
    if (begun.status >= 400) response.header('content-type', 'application/problem+json; charset=utf-8')
    response.status(begun.status).send(begun.body)
  }

  /** What failed here may be asked again; what was decided is. */
  async #answer(ctx: HttpContext, keyed: ApiRequest, next: NextFn) {
    ctx.actionKey = keyed.actionKey
    await next()
    const status = ctx.response.getStatus()
    if (status >= 500) await this.journal.release(keyed)
    else await this.journal.answer(keyed, status, JSON.stringify(ctx.response.getBody()))
  }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** What the action is known by that the request causes. Set on the API's POST routes. */
    actionKey: string
  }
}
