import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = { result: unknown } | { error: unknown } | { status: number; body?: string } | 'silence'
type Answers = Record<string, Answer | ((params: any[]) => Answer)>

/** Anything that speaks JSON-RPC, as a test wants it. Serves chain 31337 at block 100 until told otherwise. */
export class FakeNode {
  readonly asked: string[] = []
  /** Requests, a batch being one. */
  requests = 0
  headers: Record<string, unknown> = {}
  takesBatches = true
  answers: Answers = { eth_chainId: { result: '0x7a69' }, eth_blockNumber: { result: '0x64' } }

  static async start(answers: Answers = {}) {
    const node = new FakeNode()
    Object.assign(node.answers, answers)
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      node.requests++
      node.headers = request.headers
      const body = JSON.parse(Buffer.concat(chunks).toString())
      const questions = [body].flat()
      const said = questions.map((question) => node.#answer(question))
      const plain = said.find((answer) => typeof answer === 'string' || 'status' in answer)
      if (plain === 'silence') return
      if (plain && typeof plain === 'object' && 'status' in plain) {
        response.writeHead(plain.status).end(plain.body ?? '')
        return
      }
      if (Array.isArray(body) && !node.takesBatches) {
        response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32600, message: 'no batches' } }))
        return
      }
      const whole = said.map((answer, index) => ({ jsonrpc: '2.0', id: questions[index].id, ...(answer as object) }))
      response.end(JSON.stringify(Array.isArray(body) ? whole.reverse() : whole[0]))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    node.#server = server
    return node
  }

  #server!: Server

  get url() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  count(method: string) {
    return this.asked.filter((asked) => asked === method).length
  }

  async stop() {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer({ method, params }: { method: string; params: any[] }): Answer {
    this.asked.push(method)
    const answer = this.answers[method] ?? { error: { code: -32601, message: 'the method does not exist' } }
    return typeof answer === 'function' ? answer(params) : answer
  }
}
