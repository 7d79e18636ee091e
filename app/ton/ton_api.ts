import { Circuit } from '#system/circuits/circuit'
import { parseDataOf, type TonTransaction } from '#ton/ton_transaction'

/** The node did not answer, or not in words we know: nothing is known of what was asked. */
export class TonUnavailable extends Error {}

/** The node said no. */
export class TonRefusal extends Error {}

export interface TonAccount {
  /** Nanoton. */
  balance: bigint
  /** Moment of the state that was read, epoch milliseconds; null when the node does not say. */
  syncedAt: number | null
}

export interface TonApiOptions {
  url: string
  apiKey?: string
  timeoutMs?: number
}

const TIMEOUT_MS = 10_000
const MISSING_METHOD = [-13, -14, 11, -256]

/** A node's JSON-RPC as toncenter.com offers it (https://toncenter.com/api/v2/). */
export class TonApi {
  readonly circuit = new Circuit('ton', (error) => error instanceof TonUnavailable)

  constructor(private readonly options: TonApiOptions) {}

  get breakerState() {
    return this.circuit.state
  }

  async account(address: string): Promise<TonAccount> {
    const result = await this.#call('getAddressInformation', { address })
    const balance = /^\d+$/.exec(String(result?.balance))
    if (!balance) throw new TonUnavailable('The node answered without a balance')
    const synced = Number(result.sync_utime)
    return { balance: BigInt(balance[0]), syncedAt: synced > 0 ? synced * 1000 : null }
  }

  /** Number of the wallet's next message; 0 before the first. */
  async seqno(address: string): Promise<number> {
    const result = await this.#call('runGetMethod', { address, method: 'seqno', stack: [] })
    if (MISSING_METHOD.includes(result?.exit_code)) return 0
    const value = result?.exit_code === 0 ? Number(result.stack?.[0]?.[1]) : Number.NaN
    if (!Number.isSafeInteger(value) || value < 0) throw new TonUnavailable('The node answered without a seqno')
    return value
  }

  /** @throws TonRefusal when the node won't take it, TonUnavailable when nobody knows whether it did. */
  async send(boc: string): Promise<void> {
    await this.#call('sendBoc', { boc })
  }

  /** Newest first. */
  async transactions(address: string, limit: number): Promise<TonTransaction[]> {
    const result = await this.#call('getTransactions', { address, limit })
    if (!Array.isArray(result)) throw new TonUnavailable('The node answered without transactions')
    return Promise.all(result.map(({ data }) => parseDataOf(String(data))))
  }

  #call(method: string, params: Record<string, unknown>): Promise<any> {
    return this.circuit.run(() => this.#ask(method, params))
  }

  async #ask(method: string, params: Record<string, unknown>): Promise<any> {
    const { url, apiKey, timeoutMs = TIMEOUT_MS } = this.options
    let body: any
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(apiKey && { 'x-api-key': apiKey }) },
        body: JSON.stringify({ id: '1', jsonrpc: '2.0', method, params }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      body = await response.json()
    } catch (error) {
      throw new TonUnavailable(`The node did not answer ${method}`, { cause: error })
    }
    if (body?.ok === true) return body.result
    if (body?.ok === false && isRefusal(body)) throw new TonRefusal(String(body.error).slice(0, 200))
    throw new TonUnavailable(`The node failed at ${method}: ${String(body?.error ?? 'no reason').slice(0, 200)}`)
  }
}

/** Too many calls and trouble of the node itself are no answer to the question. */
const isRefusal = ({ code, error }: { code?: number; error?: unknown }) =>
  code !== 429 &&
  (/cannot apply external message|external message was not accepted/i.test(String(error)) || code === 422)
