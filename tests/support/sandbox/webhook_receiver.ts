import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Delivery {
  update: { update_id: number; message?: { text: string; chat: { id: number } } }
  secret?: string
}

/** A bot's web server that notes what it is given and answers as a test wants. */
export class WebhookReceiver {
  readonly deliveries: Delivery[] = []
  answer: (delivery: Delivery, response: ServerResponse) => void = (_, response) => void response.end()
  #server: Server

  constructor() {
    this.#server = createServer((request, response) => void this.#receive(request, response))
  }

  async start() {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  get url() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/telegram`
  }

  get texts() {
    return this.deliveries.map(({ update }) => update.message?.text)
  }

  async received(count: number) {
    while (this.deliveries.length < count) await once(this.#server, 'delivery')
  }

  stop() {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #receive(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const secret = request.headers['x-telegram-bot-api-secret-token'] as string | undefined
    const delivery = { update: JSON.parse(Buffer.concat(chunks).toString()), ...(secret && { secret }) }
    this.deliveries.push(delivery)
    this.answer(delivery, response)
    this.#server.emit('delivery')
  }
}
