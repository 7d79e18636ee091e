import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { readBody } from '#core/read_body'
import { problem } from '#api/integration/problems'

const MAX_BYTES = 1024 * 1024

/** Reads a JSON object of at most 1 MB; nothing counts as an empty one. */
export default class JsonBodyMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request } = ctx
    const bytes = await readBody(request.request, MAX_BYTES)
    if (!bytes) throw problem(413, 'body_too_large', undefined, { connection: 'close' })
    ctx.bodyBytes = bytes
    request.setInitialBody(bytes.length > 0 ? parse(bytes, request.header('content-type')) : {})
    return next()
  }
}

function parse(bytes: Buffer, type = ''): Record<string, unknown> {
  if (!/^application\/json\s*(;|$)/i.test(type)) throw problem(415, 'body_not_json')
  const value = parsed(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw problem(422, 'body_not_object')
  return value as Record<string, unknown>
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw problem(400, 'body_malformed')
  }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** The body as it came. Set on the API's routes that take one. */
    bodyBytes: Buffer
  }
}
