import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Received {
  headers: IncomingHttpHeaders
  body: string
}

/** Somebody else's program that takes webhooks; it answers what `answer` says. */
export class Receiver {
  readonly received: Received[] = []
  answer = 204
  readonly #server = createServer(async (request, response) => {
    this.received.push({ headers: request.headers, body: await text(request) })
    response.writeHead(this.answer, this.answer === 302 ? { location: '/elsewhere' } : {}).end()
  })

  static async start() {
    const receiver = new Receiver()
    const { promise, resolve } = Promise.withResolvers<void>()
    receiver.#server.listen(0, '127.0.0.1', resolve)
    await promise
    return receiver
  }

  get port() {
    return (this.#server.address() as AddressInfo).port
  }

  get url() {
    return `http://127.0.0.1:${this.port}/hook?token=of-the-program`
  }

  async stop() {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.close(() => resolve())
    this.#server.closeAllConnections()
    await promise
  }
}
