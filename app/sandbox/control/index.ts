import type { IncomingMessage, ServerResponse } from 'node:http'
import { actingRoutes } from '#sandbox/control/acting'
import { chatRoutes } from '#sandbox/control/chats'
import { cryptoPayRoutes } from '#sandbox/control/crypto_pay'
import { customerRoutes } from '#sandbox/control/customers'
import { eventRoutes } from '#sandbox/control/events'
import { evmRoutes } from '#sandbox/control/evm'
import { generalRoutes } from '#sandbox/control/general'
import { journalRoutes } from '#sandbox/control/journal'
import { heleketRoutes } from '#sandbox/control/heleket'
import { HANDLED, type ControlRoute } from '#sandbox/control/route'
import { tonRoutes } from '#sandbox/control/ton'
import { waitingRoutes } from '#sandbox/control/waiting'
import { weatherRoutes } from '#sandbox/control/weather'
import { webhookRoutes } from '#sandbox/control/webhooks'
import { ApiError, ControlError } from '#sandbox/errors'
import { readParams } from '#sandbox/http/body'
import { sendJson } from '#sandbox/http/respond'
import type { World } from '#sandbox/world'

const ROUTES: readonly ControlRoute[] = [
  ...generalRoutes,
  ...customerRoutes,
  ...chatRoutes,
  ...actingRoutes,
  ...waitingRoutes,
  ...weatherRoutes,
  ...journalRoutes,
  ...eventRoutes,
  ...cryptoPayRoutes,
  ...heleketRoutes,
  ...tonRoutes,
  ...evmRoutes,
  ...webhookRoutes,
]

interface CompiledRoute extends ControlRoute {
  matcher: RegExp
}

const COMPILED: readonly CompiledRoute[] = ROUTES.map((route) => ({
  ...route,
  matcher: new RegExp(`^${route.pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`),
}))

/** The API below `/sandbox` with which tests, benches and the page drive the sandbox. */
export class ControlApi {
  constructor(readonly world: World) {}

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      const matching = COMPILED.filter(({ matcher }) => matcher.test(url.pathname))
      if (matching.length === 0)
        throw new ControlError(404, 'The sandbox has no such address: see app/sandbox/README.md.')
      const route = matching.find(({ verb }) => verb === request.method)
      if (!route) throw new ControlError(405, `Use ${matching.map(({ verb }) => verb).join(' or ')} here.`)

      const groups = route.matcher.exec(url.pathname)?.groups ?? {}
      const path = Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]))
      const params = await readParams(request, url.searchParams)
      const answer = await route.handle({ world: this.world, path, params, request, response })
      if (answer !== HANDLED) sendJson(response, 200, answer)
    } catch (error) {
      if (error instanceof ControlError) sendJson(response, error.status, { error: error.message })
      else if (error instanceof ApiError) sendJson(response, error.code, { error: error.description })
      else throw error
    }
  }
}
