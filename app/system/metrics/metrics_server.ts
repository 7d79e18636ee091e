import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { register } from 'prom-client'
import { inject } from '@adonisjs/core'
import { InsideNetworks } from '#system/metrics/inside_networks'

/** A worker serves no pages; with METRICS_PORT it serves its own metrics. The address that calls is believed as it is. */
@inject()
export class MetricsServer {
  #server?: Server

  constructor(private readonly inside: InsideNetworks) {}

  /** Answers the port it listens on; 0 takes any. */
  async start(host: string, port: number): Promise<number> {
    this.#server = createServer((request, response) => void this.#answer(request, response)).listen(port, host)
    await once(this.#server, 'listening')
    return (this.#server.address() as { port: number }).port
  }

  stop() {
    this.#server?.close()
    this.#server?.closeAllConnections()
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    if (!this.inside.includes(request.socket.remoteAddress ?? '')) return response.writeHead(403).end()
    if (request.url !== '/metrics') return response.writeHead(404).end()
    const metrics = await register.metrics()
    return response.writeHead(200, { 'content-type': register.contentType }).end(metrics)
  }
}
