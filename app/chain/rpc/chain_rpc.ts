import type { Chain } from '#chain/chain_config'
import type { Question } from '#chain/rpc/chain_node'
import { ChainNodes, nobody, passedOn, type Asking, type NodeStatus } from '#chain/rpc/chain_nodes'
import {
  blockOf,
  logOf,
  receiptOf,
  transactionOf,
  type ChainBlock,
  type ChainLog,
  type ChainReceipt,
  type ChainTransaction,
} from '#chain/rpc/chain_facts'
import { readRange, readRevert, readSend } from '#chain/rpc/node_words'
import { bigOf, bytesOf, hashOf, listOf, numberOf, objectOf, optionally } from '#chain/rpc/read_answer'
import { ChainUnavailable, NodeFailed, NodeRefused, SendRefused } from '#chain/rpc/rpc_errors'

/** A block to look at: a number, or the newest; `pending` counts what waits as well. */
export type At = number | 'latest' | 'pending'

export type LogFilter = {
  address: string | readonly string[]
  /** By place; null is any, a list is one of them. */
  topics?: readonly (string | readonly string[] | null)[]
} & ({ fromBlock: number; toBlock: number } | { blockHash: string })

export interface CallRequest {
  to: string
  data: string
  from?: string
  value?: bigint
}

export interface Fees {
  /** Wei per unit of gas, of the next block. */
  baseFee: bigint
  /** What half of the last blocks' transactions paid on top. */
  tip: bigint
}

interface Rules<T> extends Asking {
  /** @throws NodeFailed when the answer is none. */
  read(answer: unknown): T
}

/** Headers asked for at once. */
const BATCH = 50
const FEE_BLOCKS = 5
/** Wei. Below it nobody is in a hurry to take a transaction. */
const LEAST_TIP = 10_000_000n

/**
 * The chain as its nodes tell it. They are asked in the order of the configuration: the next one when a node fails, is
 * left alone, serves another chain, answers nonsense or lags behind. Nothing here is tried twice on the same node.
 *
 * Throws ChainUnavailable when nobody answers, WrongChain when nobody serves the configured chain. Addresses and hashes
 * come in lower case.
 */
export class ChainRpc {
  readonly #nodes: ChainNodes

  constructor(
    chain: Chain,
    private readonly options: { timeoutMs?: number } = {}
  ) {
    this.#nodes = new ChainNodes(chain, this.options)
  }

  /** Number of the newest block. */
  head(): Promise<number> {
    return this.#nodes.head()
  }

  /** Null when there is none of that number or hash. */
  block(which: number | string): Promise<ChainBlock | null> {
    const isNumber = typeof which === 'number'
    return this.#ask(isNumber ? 'eth_getBlockByNumber' : 'eth_getBlockByHash', [isNumber ? hex(which) : which, false], {
      read: optionally(blockOf),
      mayBeMissing: true,
    })
  }

  /** Headers of all these blocks, the lowest first. @throws ChainUnavailable when one of them is missing. */
  async blocks(from: number, to: number): Promise<ChainBlock[]> {
    const blocks: ChainBlock[] = []
    for (let start = from; start <= to; start += BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, to - start + 1) }, (_, index) => start + index)
      blocks.push(...(await this.#headers(numbers)))
    }
    return blocks
  }

  /** In the order of the chain. @throws RangeTooWide. */
  logs(filter: LogFilter): Promise<ChainLog[]> {
    const { address, topics = [] } = filter
    const where =
      'blockHash' in filter
        ? { blockHash: filter.blockHash }
        : { fromBlock: hex(filter.fromBlock), toBlock: hex(filter.toBlock) }
    return this.#ask('eth_getLogs', [{ address, topics, ...where }], {
      read: (answer) => listOf(answer).map(logOf).map(within(filter)).sort(byPlace),
      verdict: readRange,
      needs: 'toBlock' in filter ? filter.toBlock : undefined,
    })
  }

  /** Wei. */
  balance(address: string, at: At = 'latest'): Promise<bigint> {
    return this.#ask('eth_getBalance', [address, tag(at)], { read: bigOf, needs: numbered(at) })
  }

  /** How many transactions the account has sent: its next nonce. */
  nonce(address: string, at: At = 'latest'): Promise<number> {
    return this.#ask('eth_getTransactionCount', [address, tag(at)], { read: numberOf, needs: numbered(at) })
  }

  /** Null while it is in no block. */
  receipt(hash: string): Promise<ChainReceipt | null> {
    return this.#ask('eth_getTransactionReceipt', [hash], { read: optionally(receiptOf), mayBeMissing: true })
  }

  /** Null when no node knows of it. */
  transaction(hash: string): Promise<ChainTransaction | null> {
    return this.#ask('eth_getTransactionByHash', [hash], { read: optionally(transactionOf), mayBeMissing: true })
  }

  /** What the contract returns, ABI-encoded. @throws CallReverted. */
  call(request: CallRequest, at: At = 'latest'): Promise<string> {
    return this.#ask('eth_call', [callOf(request), tag(at)], {
      read: bytesOf,
      verdict: readRevert,
      needs: numbered(at),
    })
  }

  /** @throws CallReverted when it would fail. */
  estimateGas(request: CallRequest, at: At = 'latest'): Promise<bigint> {
    return this.#ask('eth_estimateGas', [callOf(request), tag(at)], {
      read: bigOf,
      verdict: readRevert,
      needs: numbered(at),
    })
  }

  fees(): Promise<Fees> {
    return this.#ask('eth_feeHistory', [hex(FEE_BLOCKS), 'latest', [50]], { read: feesOf })
  }

  /** The contract's code; `0x` for an account of a person. */
  code(address: string): Promise<string> {
    return this.#ask('eth_getCode', [address, 'latest'], { read: bytesOf })
  }

  /**
   * Hands a signed transaction to the first node that takes it, and answers with its hash. It may be handed over any
   * number of times. @throws SendRefused.
   */
  async send(raw: string): Promise<string> {
    return this.#ask('eth_sendRawTransaction', [raw], { read: hashOf, verdict: readSend }).catch((error) => {
      const last = error instanceof ChainUnavailable && error.cause
      throw last instanceof NodeRefused ? new SendRefused('other', last.message) : error
    })
  }

  /** Hands it to every node: one that took it may have forgotten it, or told nobody. @throws SendRefused when none takes it. */
  async spread(raw: string): Promise<string> {
    const question = { method: 'eth_sendRawTransaction', params: [raw] }
    const answers = await this.#nodes.all((node) => node.ask(question, hashOf))
    const taken = answers.find((answer) => answer.status === 'fulfilled')
    if (taken) return taken.value
    const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [passedOn(answer.reason)] : []))
    const refusals = failures.filter((failure) => failure instanceof NodeRefused)
    const verdict = refusals.map(readSend).find(Boolean)
    if (verdict) throw verdict
    throw refusals[0] ? new SendRefused('other', refusals[0].message) : nobody(question.method, failures)
  }

  /** Asks every node where it stands, once. */
  survey(): Promise<NodeStatus[]> {
    return this.#nodes.survey()
  }

  /** As it was seen last. */
  status(): NodeStatus[] {
    return this.#nodes.status()
  }

  #ask<T>(method: string, params: unknown[], rules: Rules<T>): Promise<T> {
    return this.#nodes.first(method, rules, (node) => node.ask({ method, params }, rules.read))
  }

  #headers(numbers: number[]): Promise<ChainBlock[]> {
    const questions = numbers.map((number): Question => ({
      method: 'eth_getBlockByNumber',
      params: [hex(number), false],
    }))
    return this.#nodes.first('eth_getBlockByNumber', { needs: numbers.at(-1) }, async (node) => {
      const blocks = await node.askAll(questions, blockOf)
      if (blocks.some(({ number }, index) => number !== numbers[index]))
        throw new NodeFailed('answered with other blocks')
      return blocks
    })
  }
}

const hex = (number: number) => `0x${number.toString(16)}`
const tag = (at: At) => (typeof at === 'number' ? hex(at) : at)
const numbered = (at: At) => (typeof at === 'number' ? at : undefined)

const callOf = ({ to, data, from, value }: CallRequest) => ({
  to,
  data,
  ...(from && { from }),
  ...(value !== undefined && { value: `0x${value.toString(16)}` }),
})

const byPlace = (a: ChainLog, b: ChainLog) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex

/** A log that was not asked for tells of a node that can't be trusted with those that were. */
function within(filter: LogFilter) {
  const addresses = new Set([filter.address].flat().map((address) => address.toLowerCase()))
  return (log: ChainLog) => {
    const isThere =
      'blockHash' in filter
        ? log.blockHash === filter.blockHash.toLowerCase()
        : log.blockNumber >= filter.fromBlock && log.blockNumber <= filter.toBlock
    if (!isThere || !addresses.has(log.address)) throw new NodeFailed('answered with logs of something else')
    return log
  }
}

function feesOf(answer: unknown): Fees {
  const { baseFeePerGas, reward } = objectOf(answer)
  const base = listOf(baseFeePerGas).map(bigOf)
  const tips = listOf(reward ?? [])
    .map((paid) => bigOf(listOf(paid)[0]))
    .sort((a, b) => Number(a - b))
  if (base.length === 0) throw new NodeFailed('answered without a price of gas')
  const tip = tips[tips.length >> 1] ?? 0n
  return { baseFee: base.at(-1)!, tip: tip > LEAST_TIP ? tip : LEAST_TIP }
}
