import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedWebhook {
  path: string
  body: string
  headers: IncomingMessage['headers']
}

/** A product that does nothing but receive what payment providers send. */
export class ReceivingProduct {
  readonly received: ReceivedWebhook[] = []
  answer: (webhook: ReceivedWebhook, response: ServerResponse) => void = (_, response) => void response.end()
  #server: Server = createServer((request, response) => void this.#receive(request, response))

  static async start() {
    const product = new ReceivingProduct()
    product.#server.listen(0, '127.0.0.1')
    await once(product.#server, 'listening')
    return product
  }

  get url() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The bodies, parsed. */
  get messages(): any[] {
    return this.received.map(({ body }) => JSON.parse(body))
  }

  async stop() {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #receive(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const webhook = { path: request.url ?? '', body: Buffer.concat(chunks).toString(), headers: request.headers }
    this.received.push(webhook)
    this.answer(webhook, response)
  }
}
