import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'

/** Answers whatever comes with these very lines, and hangs up. */
export class RawReceiver {
  readonly #server: Server

  private constructor(head: string) {
    this.#server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.once('data', () => socket.end(head))
    })
  }

  static async start(status: string, headers: string[]) {
    const receiver = new RawReceiver([`HTTP/1.1 ${status}`, ...headers, '', ''].join('\r\n'))
    receiver.#server.listen(0, '127.0.0.1')
    await once(receiver.#server, 'listening')
    return receiver
  }

  get url() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`
  }

  async stop() {
    this.#server.close()
    await once(this.#server, 'close')
  }
}
