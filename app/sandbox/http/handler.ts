import type { IncomingMessage, ServerResponse } from 'node:http'
import { ControlApi } from '#sandbox/control/index'
import { BotApi } from '#sandbox/http/bot_api'
import { sendJson } from '#sandbox/http/respond'
import { serveService } from '#sandbox/http/service_api'
import { CryptoPayApi } from '#sandbox/crypto_pay/api'
import { EvmApi } from '#sandbox/evm/api'
import { FragmentApi } from '#sandbox/fragment/api'
import { HeleketApi } from '#sandbox/heleket/api'
import { Pages } from '#sandbox/pages/index'
import type { ServiceName } from '#sandbox/services/names'
import type { ServiceApi } from '#sandbox/services/service'
import { TonApi } from '#sandbox/ton/api'
import { sendPage } from '#sandbox/http/static_files'
import type { World } from '#sandbox/world'

/** One request, to the part that it is for. */
export class Handler {
  readonly botApi: BotApi
  readonly #control: ControlApi
  readonly #pages: Pages
  readonly #services: readonly { name: ServiceName; prefix: string; api: ServiceApi }[]

  constructor(readonly world: World) {
    this.botApi = new BotApi(world)
    this.#control = new ControlApi(world)
    this.#pages = new Pages(world)
    this.#services = [
      { name: 'crypto_pay', prefix: '/crypto-pay', api: new CryptoPayApi(world.cryptoPay) },
      { name: 'heleket', prefix: '/heleket', api: new HeleketApi(world.heleket) },
      { name: 'fragment', prefix: '/fragment', api: new FragmentApi(world.fragment) },
      { name: 'ton', prefix: '/ton', api: new TonApi(world.ton) },
      { name: 'evm', prefix: '/evm', api: new EvmApi(world.evm, world.faults, 'evm') },
      { name: 'evm_backup', prefix: '/evm-backup', api: new EvmApi(world.evm, world.faults, 'evm_backup') },
    ]
  }

  async handle(request: IncomingMessage, response: ServerResponse, arrivedAt: number): Promise<void> {
    try {
      await this.#dispatch(request, response, arrivedAt)
    } catch (error) {
      if (request.socket.destroyed || response.writableEnded) return
      if (error instanceof URIError)
        return sendJson(response, 404, { ok: false, error_code: 404, description: 'Not Found' })
      console.error(error)
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { ok: false, error_code: 500, description: 'Internal Server Error' })
    }
  }

  async #dispatch(request: IncomingMessage, response: ServerResponse, arrivedAt: number): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sandbox')
    const { pathname } = url
    if (pathname.startsWith('/bot')) return this.botApi.handle(request, response, url, arrivedAt)
    if (pathname.startsWith('/file/bot')) return this.botApi.sendFile(response, pathname)
    const service = this.#services.find(({ prefix }) => pathname === prefix || pathname.startsWith(`${prefix}/`))
    if (service) return serveService(this.world, service, request, response, url)
    if (!isFromHere(request)) {
      return sendJson(response, 403, { error: 'The sandbox answers its own page and programs on this machine only.' })
    }
    if (pathname === '/sandbox' || pathname.startsWith('/sandbox/')) return this.#control.handle(request, response, url)
    if (await this.#pages.handle(request, response, url)) return
    return sendPage(response, pathname)
  }
}

/** Keeps web pages of other sites from driving the sandbox through the browser, by name tricks as well. */
function isFromHere({ headers }: IncomingMessage): boolean {
  const host = headers.host ?? ''
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false
  return headers.origin === undefined || headers.origin === `http://${host}`
}
