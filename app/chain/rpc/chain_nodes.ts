import type { Chain, ChainConfig } from '#chain/chain_config'
import { ChainNode } from '#chain/rpc/chain_node'
import { ChainUnavailable, NodeFailed, NodeRefused, WrongChain } from '#chain/rpc/rpc_errors'
import { CircuitOpen } from '#system/circuits/circuit'

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

/** What is to be known of a question before a node is asked it. */
export interface Asking {
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

/** The nodes of the configuration, in its order, and which of them is asked. */
export class ChainNodes {
  #nodes: ChainNode[] = []
  #config: ChainConfig | null = null
  #surveyedAt: number | null = null

  constructor(
    private readonly chain: Chain,
    private readonly options: { timeoutMs?: number }
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

  /** The first good answer. What is missing is believed when no other node has it. */
  async first<T>(method: string, rules: Asking, ask: (node: ChainNode) => Promise<T>): Promise<T> {
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

  /** Asks all of them the same. */
  all<T>(ask: (node: ChainNode) => Promise<T>): Promise<PromiseSettledResult<T>[]> {
    return Promise.allSettled(this.#all.map(ask))
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
export function passedOn(error: unknown) {
  if ([NodeFailed, NodeRefused, WrongChain, CircuitOpen].some((kind) => error instanceof kind)) return error
  throw error
}

export function nobody(method: string, failures: unknown[]) {
  if (failures.length > 0 && failures.every((failure) => failure instanceof WrongChain))
    return failures[0] as WrongChain
  const reasons = failures.map((failure) => (failure as Error).message)
  const cause = failures.findLast((failure) => failure instanceof NodeRefused)
  return new ChainUnavailable(`No node answered ${method}: ${reasons.join('; ')}`, { cause })
}
