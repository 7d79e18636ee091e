import { loadEthers } from '#sandbox/evm/ethers'
import type { Faults } from '#sandbox/faults'
import type { EvmNode } from '#sandbox/services/names'

/** One call of JSON-RPC, as it arrives. */
export interface RpcCall {
  jsonrpc?: string
  id?: unknown
  method: string
  params?: unknown[]
}

export interface RpcAnswer {
  jsonrpc: '2.0'
  id: unknown
  result?: unknown
  error?: { code: number; message: string; data?: unknown }
}

interface LogFilter {
  fromBlock?: string
  toBlock?: string
  blockHash?: string
}

type Forward = (call: RpcCall) => Promise<RpcAnswer>

/** Where a block stands in the parameters of a call, if the caller left it out or not. */
const BLOCK_AT: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getBlockByNumber: 0,
}

/** A node that misbehaves in the ways that providers of nodes do, in front of one that does not. */
export class NodeFaults {
  constructor(
    readonly faults: Faults,
    readonly node: EvmNode,
    readonly forward: Forward
  ) {}

  /** Whether a fault is switched on for it. */
  get misbehaves(): boolean {
    return this.faults.list().some((rule) => rule.service === this.node)
  }

  async answer(call: RpcCall): Promise<RpcAnswer> {
    const refusal = (await this.#rangeRefusal(call)) ?? this.#chainOfAnother(call) ?? this.#lost(call)
    if (refusal) return refusal
    const behind = this.faults.take(this.node, 'lagging', call.method)?.limit
    const answer = behind === undefined ? await this.forward(call) : await this.#asBefore(call, behind)
    if (call.method !== 'eth_getLogs' || !Array.isArray(answer.result)) return answer
    return this.#fewerLogs(call, answer, answer.result)
  }

  /** A web page where an answer should be, as proxies in front of nodes give. */
  takesLeave(method: string): boolean {
    return this.faults.take(this.node, 'garbage', method) !== undefined
  }

  async #rangeRefusal(call: RpcCall): Promise<RpcAnswer | undefined> {
    if (call.method !== 'eth_getLogs') return undefined
    const filter = (call.params?.[0] ?? {}) as LogFilter
    if (filter.blockHash) return undefined
    const limit = this.faults.take(this.node, 'range_limit', call.method)?.limit
    if (limit === undefined) return undefined
    const [from, to] = await this.#range(filter)
    if (to - from < limit) return undefined
    const suggested = `[${quantity(from)}, ${quantity(from + limit - 1)}]`
    return refused(call, -32_602, `query exceeds max block range ${limit}. Try with this block range ${suggested}.`)
  }

  #fewerLogs(call: RpcCall, answer: RpcAnswer, logs: unknown[]): RpcAnswer {
    const limit = this.faults.take(this.node, 'results_limit', call.method)?.limit
    if (limit !== undefined && logs.length > limit) {
      return refused(call, -32_005, `query returned more than ${limit} results`)
    }
    if (!this.faults.take(this.node, 'partial_logs', call.method)) return answer
    return { ...answer, result: logs.filter((_, index) => index % 2 === 0) }
  }

  #chainOfAnother(call: RpcCall): RpcAnswer | undefined {
    if (!['eth_chainId', 'net_version'].includes(call.method)) return undefined
    if (!this.faults.take(this.node, 'wrong_chain', call.method)) return undefined
    return answered(call, call.method === 'eth_chainId' ? '0x2a' : '42')
  }

  /** Takes a transaction, answers its hash and forgets it. */
  #lost(call: RpcCall): Promise<RpcAnswer> | undefined {
    if (call.method !== 'eth_sendRawTransaction') return undefined
    if (!this.faults.take(this.node, 'transaction_lost', call.method)) return undefined
    return hashOf(String(call.params?.[0])).then((hash) => answered(call, hash))
  }

  /** As a node that is `behind` blocks behind sees it. */
  async #asBefore(call: RpcCall, behind: number): Promise<RpcAnswer> {
    const head = Math.max(0, (await this.#head()) - behind)
    if (call.method === 'eth_blockNumber') return answered(call, quantity(head))
    if (call.method === 'eth_getLogs') {
      const filter = cut(call.params?.[0], head)
      return filter ? this.forward({ ...call, params: [filter] }) : answered(call, [])
    }
    if (Object.hasOwn(BLOCK_AT, call.method)) {
      const at = BLOCK_AT[call.method]!
      const params = [...(call.params ?? [])]
      if (numberOf(params[at]) > head && call.method === 'eth_getBlockByNumber') return answered(call, null)
      params[at] = isNamed(params[at]) ? quantity(head) : params[at]
      return this.forward({ ...call, params })
    }
    const answer = await this.forward(call)
    const block = (answer.result as { blockNumber?: string; number?: string } | null) ?? {}
    return numberOf(block.blockNumber ?? block.number) > head ? answered(call, null) : answer
  }

  async #range({ fromBlock, toBlock }: LogFilter): Promise<[number, number]> {
    const head = await this.#head()
    const at = (block: string | undefined) => (isNamed(block) ? head : Math.min(numberOf(block), head))
    return [fromBlock === 'earliest' ? 0 : at(fromBlock), at(toBlock)]
  }

  async #head(): Promise<number> {
    const { result } = await this.forward({ jsonrpc: '2.0', id: 0, method: 'eth_blockNumber', params: [] })
    return numberOf(result)
  }
}

const isNamed = (block: unknown) => typeof block !== 'string' || !block.startsWith('0x')

/** Of `0x1f`; below all numbers for what is none. */
const numberOf = (value: unknown) => (typeof value === 'string' && value.startsWith('0x') ? Number(value) : -1)

const quantity = (value: number) => `0x${value.toString(16)}`

/** The part of a range that lies below `head`; null for none. */
function cut(filter: unknown, head: number): LogFilter | null {
  const { fromBlock, toBlock, ...rest } = (filter ?? {}) as LogFilter
  if (rest.blockHash) return rest
  if (numberOf(fromBlock) > head) return null
  const upTo = (block: string | undefined) => (isNamed(block) ? head : Math.min(numberOf(block), head))
  return {
    ...rest,
    fromBlock: fromBlock === 'earliest' ? fromBlock : quantity(upTo(fromBlock)),
    toBlock: quantity(upTo(toBlock)),
  }
}

function answered({ id }: RpcCall, result: unknown): RpcAnswer {
  return { jsonrpc: '2.0', id, result }
}

function refused({ id }: RpcCall, code: number, message: string): RpcAnswer {
  return { jsonrpc: '2.0', id, error: { code, message } }
}

async function hashOf(raw: string): Promise<string> {
  const { keccak256 } = await loadEthers()
  return keccak256(raw)
}
