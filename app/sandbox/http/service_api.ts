import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Strike } from '#sandbox/faults'
import { readBody } from '#sandbox/http/body'
import type { ServiceName } from '#sandbox/services/names'
import type { ServiceAnswer, ServiceApi, ServiceCall } from '#sandbox/services/service'
import type { World } from '#sandbox/world'

/** One request to the stand-in of an outside service, with the faults that are switched on for it. */
export async function serveService(
  world: World,
  service: { name: ServiceName; prefix: string; api: ServiceApi },
  request: IncomingMessage,
  response: ServerResponse,
  url: URL
): Promise<void> {
  const call: ServiceCall = {
    verb: request.method ?? 'GET',
    path: url.pathname.slice(service.prefix.length),
    query: url.searchParams,
    headers: request.headers,
    body: await readBody(request),
  }
  const method = service.api.methodOf(call)
  const strike = world.faults.strike(method, 0, service.name)
  world.calls.note(service.name, method)
  if (strike.dropBefore) return void request.socket.destroy()
  const answer = strike.error ? failure(service.api, strike) : await service.api.answer(call)
  if (strike.delayMs > 0) await sleep(strike.delayMs)
  if (strike.dropAfter) request.socket.destroy()
  else if (!strike.silent && !response.destroyed) send(response, answer)
}

function failure(api: ServiceApi, { error }: Strike): ServiceAnswer {
  const answer = api.failure(error!.code, error!.description)
  const retryAfter = error!.parameters?.retry_after
  return retryAfter ? { ...answer, headers: { ...answer.headers, 'Retry-After': String(retryAfter) } } : answer
}

function send(response: ServerResponse, { status, body, headers }: ServiceAnswer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}
