import type { EvmChain } from '#sandbox/evm/chain'
import { replacementRefusal } from '#sandbox/evm/mempool'
import { Rpc } from '#sandbox/evm/rpc'
import { NodeFaults, type RpcAnswer, type RpcCall } from '#sandbox/evm/node_faults'
import type { Faults } from '#sandbox/faults'
import type { EvmNode } from '#sandbox/services/names'
import type { ServiceAnswer, ServiceApi, ServiceCall } from '#sandbox/services/service'

const SENDING = 'eth_sendRawTransaction'
const PAGE = '<html><head><title>Bad gateway</title></head><body>Please try again later.</body></html>'

/** The chain's JSON-RPC as a provider of nodes offers it: single calls and batches, by POST. */
export class EvmApi implements ServiceApi {
  readonly #node: NodeFaults

  constructor(
    readonly chain: EvmChain,
    faults: Faults,
    node: EvmNode
  ) {
    this.#node = new NodeFaults(faults, node, (call) => this.#forward(call))
  }

  /** A batch is called by its first method. */
  methodOf({ body }: ServiceCall): string {
    return /"method"\s*:\s*"(\w+)"/.exec(body.toString())?.[1] ?? ''
  }

  async answer(call: ServiceCall): Promise<ServiceAnswer> {
    if (this.#node.takesLeave(this.methodOf(call))) {
      return { status: 200, body: PAGE, headers: { 'Content-Type': 'text/html' } }
    }
    if (!this.chain.url) return this.failure(503, 'The sandbox has no chain')
    const body = call.body.toString()
    if (!this.#node.misbehaves && !body.includes(SENDING)) return { status: 200, body: await this.#send(body) }
    const calls = parsed(call.body)
    if (!calls)
      return { status: 200, body: { jsonrpc: '2.0', id: null, error: { code: -32_700, message: 'Parse error' } } }
    if (!Array.isArray(calls)) return { status: 200, body: await this.#node.answer(calls) }
    return { status: 200, body: await Promise.all(calls.map((one) => this.#node.answer(one))) }
  }

  failure(status: number, description: string): ServiceAnswer {
    const code = status === 429 ? -32_005 : -32_603
    return { status, body: { jsonrpc: '2.0', id: null, error: { code, message: description } } }
  }

  async #forward(call: RpcCall): Promise<RpcAnswer> {
    const refusal = call.method === SENDING ? await this.#refusalOf(String(call.params?.[0])) : null
    if (refusal) return { jsonrpc: '2.0', id: call.id, error: { code: -32_000, message: refusal } }
    return JSON.parse(await this.#send(JSON.stringify(call)))
  }

  /** As geth is stricter than anvil. */
  #refusalOf(raw: string): Promise<string | null> {
    return replacementRefusal(raw, () => new Rpc(this.chain.url!).call('txpool_content'))
  }

  async #send(body: string): Promise<string> {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(this.chain.url!, { method: 'POST', headers, body })
    return response.text()
  }
}

function parsed(body: Buffer): RpcCall | RpcCall[] | null {
  try {
    return JSON.parse(body.toString())
  } catch {
    return null
  }
}
