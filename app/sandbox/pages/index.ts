import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, ControlError } from '#sandbox/errors'
import { readParams } from '#sandbox/http/body'
import { sendBytes } from '#sandbox/http/respond'
import { PAGE_SECURITY } from '#sandbox/http/static_files'
import { chainFormRoutes } from '#sandbox/pages/chain_forms'
import { chainRoutes } from '#sandbox/pages/chain_page'
import { cryptoPayRoutes } from '#sandbox/pages/crypto_pay_page'
import { explorerRoutes } from '#sandbox/pages/explorer_page'
import { faultsRoutes } from '#sandbox/pages/faults_page'
import { fragmentRoutes } from '#sandbox/pages/fragment_page'
import { heleketRoutes } from '#sandbox/pages/heleket_page'
import { html } from '#sandbox/pages/html'
import { layout } from '#sandbox/pages/layout'
import { paymentsRoutes } from '#sandbox/pages/payments_page'
import type { PageRoute } from '#sandbox/pages/route'
import type { World } from '#sandbox/world'

const ROUTES: readonly PageRoute[] = [
  ...paymentsRoutes,
  ...cryptoPayRoutes,
  ...heleketRoutes,
  ...fragmentRoutes,
  ...chainRoutes,
  ...chainFormRoutes,
  ...explorerRoutes,
  ...faultsRoutes,
]

const COMPILED = ROUTES.map((route) => ({
  ...route,
  matcher: new RegExp(`^${route.pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`),
}))

/** The pages that the server renders: forms and links only, nothing of them needs JavaScript. */
export class Pages {
  constructor(readonly world: World) {}

  /** Answers whether there is such a page. */
  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
    const verb = request.method === 'HEAD' ? 'GET' : request.method
    const route = COMPILED.find((candidate) => candidate.verb === verb && candidate.matcher.test(url.pathname))
    if (!route) return false
    try {
      const path = route.matcher.exec(url.pathname)?.groups ?? {}
      const answer = await route.handle({
        world: this.world,
        path,
        params: await readParams(request, url.searchParams),
      })
      if (typeof answer === 'string') redirect(response, answer)
      else send(response, 200, layout(answer))
    } catch (error) {
      if (error instanceof ControlError) send(response, error.status, refusalPage(error.status, error.message))
      else if (error instanceof ApiError) send(response, error.code, refusalPage(error.code, error.description))
      else throw error
    }
    return true
  }
}

function send(response: ServerResponse, status: number, page: string): void {
  sendBytes(response, Buffer.from(page), { 'Content-Type': 'text/html; charset=utf-8', ...PAGE_SECURITY }, status)
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { Location: location, 'Content-Length': 0 })
  response.end()
}

function refusalPage(status: number, message: string): string {
  const title = status === 404 ? 'Nothing here' : 'That did not work'
  const body = html`<section class="card narrow">
    <h1>${title}</h1>
    <p role="alert">${message}</p>
    <p><a href="/pay">All invoices</a></p>
  </section>`
  return layout({ title, section: '', body })
}
