import { RpcError } from '#sandbox/evm/rpc'
import type { ContractCalls } from '#sandbox/evm/contracts/calls'

/** The second of anvil's accounts. */
const KEEPER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
/** The callback's limit, what the coordinator keeps for itself, and some more. */
const GAS = 3_000_000
/** Blocks that are looked at again: a reorganisation may have changed them. */
const OVERLAP = 64

export interface VrfRequest {
  id: bigint
  /** When the keeper saw it first. */
  since: number
  block: number
  /** Why it can't be answered. */
  problem?: string
}

/** Answers requests for randomness, as Chainlink's oracles do, after a delay. */
export class VrfKeeper {
  paused = false
  #requests = new Map<bigint, VrfRequest>()
  #next = 0

  constructor(
    readonly calls: ContractCalls,
    public delayMs: number,
    readonly now: () => number
  ) {}

  /** Not answered yet, oldest first. */
  get pending(): VrfRequest[] {
    return [...this.#requests.values()]
  }

  /** After each block. */
  async look(): Promise<void> {
    await this.#find()
    if (this.paused) return
    for (const request of this.pending) {
      if (this.now() - request.since >= this.delayMs) await this.fulfil(request)
    }
  }

  /** Sends the answer, which the next block holds. What can't be answered waits, and says why. */
  async fulfil(request: VrfRequest): Promise<void> {
    try {
      await this.calls.read('vrf', 'fulfillRandomWords', [request.id], KEEPER)
      await this.calls.send({
        from: KEEPER,
        contract: 'vrf',
        method: 'fulfillRandomWords',
        args: [request.id],
        gas: GAS,
      })
      this.#requests.delete(request.id)
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
      request.problem = this.calls.reasonOf(error.data) ?? error.message
    }
  }

  async #find(): Promise<void> {
    const head = Number(await this.calls.rpc.call<string>('eth_blockNumber'))
    const seen = new Map(this.#requests)
    const from = Math.max(0, Math.min(this.#next, head) - OVERLAP)
    for (const { args, block } of await this.calls.logs('vrf', 'RandomWordsRequested', [], from)) {
      const id = args.requestId as bigint
      if (!seen.has(id)) seen.set(id, { id, since: this.now(), block })
    }
    for (const id of seen.keys()) {
      if (!(await this.calls.read<boolean>('vrf', 'isPending', [id]))) seen.delete(id)
    }
    this.#requests = seen
    this.#next = head
  }
}
