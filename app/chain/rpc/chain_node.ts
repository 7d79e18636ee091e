import { Circuit } from '#system/circuits/circuit'
import { NodeAddress } from '#chain/rpc/node_address'
import { isRateLimit } from '#chain/rpc/node_words'
import { numberOf } from '#chain/rpc/read_answer'
import { NodeFailed, NodeRefused, WrongChain } from '#chain/rpc/rpc_errors'

export interface Question {
  method: string
  params: unknown[]
}

/** A node is asked again soon: chains make a block every few seconds. */
const OPEN_MS = 5_000

/** One node: asked over HTTP, never taken for one of another chain, left alone for a while when it fails. */
export class ChainNode {
  readonly host: string
  readonly circuit: Circuit
  /** Newest block it has told of, and when on the process's own clock; null before the first time. */
  head: { number: number; readAt: number } | null = null
  /** The chain it serves, when that is another one. */
  foreignChainId: number | null = null
  readonly #address: NodeAddress
  /** When it was asked for its head last. */
  hasAnswered = false
  #isKnown = false
  #takesBatches = true

  constructor(
    url: string,
    private readonly chainId: number,
    private readonly timeoutMs: number
  ) {
    this.#address = new NodeAddress(url)
    this.host = this.#address.host
    this.circuit = new Circuit(this.host, (error) => error instanceof NodeFailed, { openMs: OPEN_MS })
  }

  /** `read` throws NodeFailed at nonsense. @throws NodeFailed, NodeRefused, WrongChain, or CircuitOpen. */
  ask<T>(question: Question, read: (answer: unknown) => T): Promise<T> {
    return this.#guarded(async () => read(await this.#post(question)))
  }

  /** In one request where the node takes several at once, else one by one; answers in the order of the questions. */
  async askAll<T>(questions: Question[], read: (answer: unknown) => T): Promise<T[]> {
    return this.#guarded(async () => {
      const answers = this.#takesBatches ? await this.#postAll(questions) : null
      if (answers) return answers.map(read)
      this.#takesBatches = false
      const single: T[] = []
      for (const question of questions) single.push(read(await this.#post(question)))
      return single
    })
  }

  async readHead(): Promise<number> {
    this.hasAnswered = false
    const number = await this.ask({ method: 'eth_blockNumber', params: [] }, numberOf)
    this.hasAnswered = true
    this.head = { number, readAt: performance.now() }
    return number
  }

  #guarded<T>(work: () => Promise<T>): Promise<T> {
    return this.circuit.run(async () => {
      await this.#introduce()
      return work().catch((error) => this.#doubt(error))
    })
  }

  /** What comes back after a failure may be another node. */
  #doubt(error: unknown): never {
    if (error instanceof NodeFailed) this.#isKnown = false
    throw error
  }

  async #introduce() {
    if (this.#isKnown) return
    const chainId = numberOf(await this.#post({ method: 'eth_chainId', params: [] }))
    this.foreignChainId = chainId === this.chainId ? null : chainId
    if (this.foreignChainId !== null) {
      throw new WrongChain(`The node ${this.host} serves the chain ${chainId}, but CHAIN_ID is ${this.chainId}`)
    }
    this.#isKnown = true
  }

  async #post(question: Question) {
    return this.#resultOf(await this.#exchange({ jsonrpc: '2.0', id: 1, ...question }))
  }

  /** Null when it wants them one by one. */
  async #postAll(questions: Question[]): Promise<unknown[] | null> {
    const body = await this.#exchange(questions.map((question, id) => ({ jsonrpc: '2.0', id, ...question })))
    if (!Array.isArray(body)) return null
    const answers = new Map(body.map((answer) => [answer?.id, answer]))
    return questions.map((_question, id) => this.#resultOf(answers.get(id)))
  }

  #resultOf(body: any): unknown {
    if (body?.error) throw this.#refusal(body.error)
    if (body?.result === undefined) throw new NodeFailed(`${this.host} answered with neither result nor error`)
    return body.result
  }

  #refusal({ code, message, data }: { code?: unknown; message?: unknown; data?: any }) {
    const text = this.#address.hide(String(message ?? 'no reason'))
    const bytes = typeof data === 'string' ? data : data?.data
    const isBytes = typeof bytes === 'string' && /^0x[0-9a-f]*$/i.test(bytes)
    const refusal = new NodeRefused(Number(code ?? 0), text, isBytes ? bytes.toLowerCase() : null)
    return isRateLimit(refusal) ? new NodeFailed(`${this.host} takes no more requests for now: ${text}`) : refusal
  }

  async #exchange(body: unknown): Promise<any> {
    let response: Response
    let text: string
    try {
      response = await fetch(this.#address.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...this.#address.headers },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(this.timeoutMs),
      })
      text = await response.text()
    } catch (error) {
      throw new NodeFailed(`${this.host} did not answer: ${reasonOf(error)}`)
    }
    const answer = parsed(text)
    if (response.status === 429 || response.status >= 500 || answer === undefined) {
      throw new NodeFailed(`${this.host} answered with status ${response.status}`)
    }
    return answer
  }
}

/** Without the words of `fetch`, which may repeat the URL. */
const reasonOf = (error: any) => String(error?.cause?.code ?? error?.name ?? 'unknown')

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
