import { FragmentError } from '#sandbox/fragment/fragment_error'
import type { Fragment } from '#sandbox/fragment/fragment'
import { FRAGMENT_METHODS } from '#sandbox/fragment/methods'
import { readCookies } from '#sandbox/fragment/session'
import { parseBody } from '#sandbox/http/body'
import type { ServiceAnswer, ServiceApi, ServiceCall } from '#sandbox/services/service'
import { html } from '#sandbox/pages/html'

const HTML = { 'Content-Type': 'text/html; charset=utf-8' }

/** `/fragment/stars/buy`, the page that names the hash, and `/fragment/api?hash=`, form-encoded. */
export class FragmentApi implements ServiceApi {
  constructor(readonly fragment: Fragment) {}

  methodOf({ path, body, query }: ServiceCall): string {
    if (path !== '/api') return path.slice(1)
    return new URLSearchParams(body.toString()).get('method') ?? query.get('method') ?? ''
  }

  async answer(call: ServiceCall): Promise<ServiceAnswer> {
    const { faults } = this.fragment.context
    const cookies = readCookies(call.headers.cookie)
    const isLoggedIn = this.fragment.session.isLoggedIn(cookies) && !faults.take('fragment', 'session_expired')
    const rotated = isLoggedIn && faults.take('fragment', 'token_rotated')
    const headers: Record<string, string> = rotated ? { 'Set-Cookie': this.fragment.session.rotateToken() } : {}
    if (call.path === '/stars/buy') return this.#page(isLoggedIn, headers)
    if (call.path !== '/api') return { status: 404, body: 'Not found', headers: HTML }
    const answer = await this.#call(call, isLoggedIn, this.fragment.session.hasWallet(cookies))
    return { status: 200, body: answer, headers }
  }

  failure(status: number, description: string): ServiceAnswer {
    return { status, body: html`<h1>${status} ${description}</h1>`.text, headers: HTML }
  }

  /** Whoever is not logged in is led away from what only customers see. */
  #page(isLoggedIn: boolean, headers: Record<string, string>): ServiceAnswer {
    if (!isLoggedIn) return { status: 302, body: '', headers: { ...HTML, Location: '/fragment/' } }
    const { hash } = this.fragment.session
    if (this.fragment.context.faults.take('fragment', 'stale_hash')) this.fragment.session.replaceHash()
    const state = JSON.stringify({ version: 1, apiUrl: `/api?hash=${hash}`, state: { mode: 'new' } })
    const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Buy Telegram Stars</title></head>
<body><main><h1>Buy Telegram Stars</h1><p>This is what a program reads. People use the sandbox's own pages.</p></main>
<script type="application/json">ajInit(${state.replaceAll('/', '\\/')});</script></body></html>`
    return { status: 200, body: page, headers: { ...HTML, ...headers } }
  }

  async #call(call: ServiceCall, isLoggedIn: boolean, hasWallet: boolean): Promise<Record<string, unknown>> {
    try {
      if (call.verb !== 'POST' || call.query.get('hash') !== this.fragment.session.hash) {
        throw new FragmentError('Bad request')
      }
      const params = await parseBody(call.body, 'application/x-www-form-urlencoded')
      const name = this.methodOf(call)
      const method = Object.hasOwn(FRAGMENT_METHODS, name) && FRAGMENT_METHODS[name]
      if (!method) throw new FragmentError('Invalid method')
      return await method({ fragment: this.fragment, params, isLoggedIn, hasWallet })
    } catch (error) {
      if (error instanceof FragmentError) return { error: error.message }
      throw error
    }
  }
}
