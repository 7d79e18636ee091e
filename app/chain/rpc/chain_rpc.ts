import type { Chain, ChainConfig } from '#chain/chain_config'
import { ChainNode, type Question } from '#chain/rpc/chain_node'
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
import { ChainUnavailable, NodeFailed, NodeRefused, SendRefused, WrongChain } from '#chain/rpc/rpc_errors'
import { CircuitOpen } from '#system/circuits/circuit'

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

/** A node as it stands, for people. Its URL stays out of it. */
export interface NodeStatus {
  host: string
  circuit: ChainNode['circuit']['state']
  /** Newest block that it told of. */
  head: number | null
  /** Whether it did so when it was asked last. */
  hasAnswered: boolean
  isBehind: boolean
  /** The chain it serves, when that is another one: it is not asked. */
  foreignChainId: number | null
}

interface Rules<T> {
  /** @throws NodeFailed when the answer is none. */
  read(answer: unknown): T
  /** What all nodes would say to it: thrown instead of asking the next one. */
  verdict?(refusal: NodeRefused): Error | null
  /** A node that has not come so far is skipped. */
  needs?: number
  /** Absent from a node that lags: the next one is asked before that is believed. */
  mayBeMissing?: boolean
}

const TIMEOUT_MS = 10_000
/** Nodes that far behind the best are not asked. */
const MAX_LAG = 3
/** So long a node's head is good enough to ask it for something. */
const FRESH_MS = 2_000
/** So often the nodes that are not in use are asked where they stand. */
const SURVEY_MS = 15_000
/** So long a node's head says how far the others should be. */
const REMEMBERED_MS = 60_000
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
  #nodes: ChainNode[] = []
  #config: ChainConfig | null = null
  #surveyedAt: number | null = null

  constructor(
    private readonly chain: Chain,
    private readonly options: { timeoutMs?: number } = {}
  ) {}

  /** Number of the newest block. */
  async head(): Promise<number> {
    await this.#lookAround()
    const heads: number[] = []
    const failures: unknown[] = []
    for (const node of this.#all) {
      try {
        heads.push(await node.readHead())
      } catch (error) {
        failures.push(passedOn(error))
        continue
      }
      if (!this.#isBehind(node)) return heads.at(-1)!
    }
    if (heads.length === 0) throw nobody('eth_blockNumber', failures)
    return Math.max(...heads)
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
  estimateGas(request: CallRequest): Promise<bigint> {
    return this.#ask('eth_estimateGas', [callOf(request)], { read: bigOf, verdict: readRevert })
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
    const answers = await Promise.allSettled(this.#all.map((node) => node.ask(question, hashOf)))
    const taken = answers.find((answer) => answer.status === 'fulfilled')
    if (taken) return taken.value
    const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [passedOn(answer.reason)] : []))
    const refusals = failures.filter((failure) => failure instanceof NodeRefused)
    const verdict = refusals.map(readSend).find(Boolean)
    if (verdict) throw verdict
    throw refusals[0] ? new SendRefused('other', refusals[0].message) : nobody(question.method, failures)
  }

  /** Asks every node where it stands, once. */
  async survey(): Promise<NodeStatus[]> {
    this.#surveyedAt = performance.now()
    await Promise.allSettled(this.#all.map((node) => node.readHead()))
    return this.status()
  }

  /** As it was seen last. */
  status(): NodeStatus[] {
    return this.#all.map((node) => ({
      host: node.host,
      circuit: node.circuit.state,
      head: node.head?.number ?? null,
      hasAnswered: node.hasAnswered,
      isBehind: this.#isBehind(node),
      foreignChainId: node.foreignChainId,
    }))
  }

  /** Made anew for another configuration. */
  get #all() {
    const config = this.chain.required
    if (this.#config !== config) {
      const timeoutMs = this.options.timeoutMs ?? TIMEOUT_MS
      this.#nodes = config.rpcUrls.map((url) => new ChainNode(url, config.chainId, timeoutMs))
      this.#config = config
      this.#surveyedAt = null
    }
    return this.#nodes
  }

  async #ask<T>(method: string, params: unknown[], rules: Rules<T>): Promise<T> {
    return this.#first(method, rules, (node) => node.ask({ method, params }, rules.read))
  }

  async #headers(numbers: number[]): Promise<ChainBlock[]> {
    const questions = numbers.map((number): Question => ({
      method: 'eth_getBlockByNumber',
      params: [hex(number), false],
    }))
    return this.#first('eth_getBlockByNumber', { needs: numbers.at(-1) }, async (node) => {
      const blocks = await node.askAll(questions, blockOf)
      if (blocks.some(({ number }, index) => number !== numbers[index]))
        throw new NodeFailed('answered with other blocks')
      return blocks
    })
  }

  /** The first good answer. What is missing is believed when no other node has it. */
  async #first<T>(method: string, rules: Omit<Rules<T>, 'read'>, ask: (node: ChainNode) => Promise<T>): Promise<T> {
    await this.#lookAround()
    const failures: unknown[] = []
    let missing: { answer: T } | null = null
    for (const node of this.#all) {
      try {
        await this.#mustBeAbreast(node, rules.needs)
        const answer = await ask(node)
        if (answer !== null || !rules.mayBeMissing) return answer
        missing ??= { answer }
      } catch (error) {
        const verdict = error instanceof NodeRefused ? rules.verdict?.(error) : null
        if (verdict) throw verdict
        failures.push(passedOn(error))
      }
    }
    if (missing) return missing.answer
    throw nobody(method, failures)
  }

  /** One node alone has nobody to be behind of; of a range it must have all the same. */
  async #mustBeAbreast(node: ChainNode, needs = 0) {
    if (this.#all.length === 1 && needs === 0) return
    if (!isRead(node, FRESH_MS) || node.head!.number < needs) await node.readHead()
    if (node.head!.number < needs) throw new NodeFailed(`${node.host} has not come to the block ${needs}`)
    if (this.#isBehind(node)) throw new NodeFailed(`${node.host} is behind`)
  }

  /** A first choice that stands still is noticed by what the others say; the first time before it is asked. */
  async #lookAround() {
    if (this.#all.length === 1) return
    const isFirst = this.#surveyedAt === null
    if (!isFirst && performance.now() - this.#surveyedAt! < SURVEY_MS) return
    const survey = this.survey()
    if (isFirst) await survey
  }

  #isBehind({ head }: ChainNode) {
    const heads = this.#all.flatMap((node) => (isRead(node, REMEMBERED_MS) ? [node.head!.number] : []))
    return head !== null && head.number < Math.max(...heads) - MAX_LAG
  }
}

const isRead = ({ head }: ChainNode, withinMs: number) => head !== null && performance.now() - head.readAt < withinMs

/** What makes the next node be asked; anything else is a mistake of ours. */
function passedOn(error: unknown) {
  if ([NodeFailed, NodeRefused, WrongChain, CircuitOpen].some((kind) => error instanceof kind)) return error
  throw error
}

function nobody(method: string, failures: unknown[]) {
  if (failures.length > 0 && failures.every((failure) => failure instanceof WrongChain))
    return failures[0] as WrongChain
  const reasons = failures.map((failure) => (failure as Error).message)
  const cause = failures.findLast((failure) => failure instanceof NodeRefused)
  return new ChainUnavailable(`No node answered ${method}: ${reasons.join('; ')}`, { cause })
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
