import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { Actor } from '#core/contracts/audit'
import { UseApiKey } from '#staff/actions/use_api_key'
import { countRequest, REQUESTS_A_MINUTE } from '#staff/api_keys/rate'
import type { ApiScope } from '#staff/api_keys/scopes'
import type ApiKey from '#staff/models/api_key'
import { problem } from '#api/integration/problems'

const BEARER = /^Bearer +(\S+)$/i

/** Lets programs in that show a key with one of these scopes, so many times a minute. */
@inject()
export default class ApiKeyMiddleware {
  constructor(private useApiKey: UseApiKey) {}

  async handle(ctx: HttpContext, next: NextFn, scopes: ApiScope[]) {
    ctx.apiKey = await this.#keyOf(ctx)
    await this.#count(ctx)
    if (!scopes.some((scope) => ctx.apiKey.may(scope))) {
      throw problem(403, 'scope_missing', { scope: scopes.join(' / ') })
    }
    ctx.program = {
      type: 'program',
      id: ctx.apiKey.id,
      name: ctx.apiKey.name,
      ip: ctx.request.ip(),
      requestId: ctx.request.id(),
    }
    return next()
  }

  async #keyOf({ request }: HttpContext): Promise<ApiKey> {
    const challenge = { 'www-authenticate': 'Bearer' }
    const token = BEARER.exec(request.header('authorization') ?? '')?.[1]
    if (!token) throw problem(401, 'token_missing', undefined, challenge)
    const used = await this.useApiKey.handle({ token, ip: request.ip(), requestId: request.id() })
    if (used.ok) return used.value
    const { code, params } = used.refusal
    throw code === 'api_key_address' ? problem(403, code, params) : problem(401, code, undefined, challenge)
  }

  async #count({ apiKey, response }: HttpContext) {
    const { isExceeded, remaining, seconds } = await countRequest(apiKey.id)
    response.header('x-ratelimit-limit', REQUESTS_A_MINUTE)
    response.header('x-ratelimit-remaining', remaining)
    response.header('x-ratelimit-reset', seconds)
    if (!isExceeded) return
    const params = { limit: REQUESTS_A_MINUTE, seconds }
    throw problem(429, 'rate_limited', params, { 'retry-after': String(seconds) })
  }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** What a program has shown. Set on the API's routes, as `program`. */
    apiKey: ApiKey
    /** Who acts, for actions and their audit entries. */
    program: Actor
  }
}
