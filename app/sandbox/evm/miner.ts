import type { Rpc } from '#sandbox/evm/rpc'

/** Blocks that follow one with transactions at the usual pace, so that it gets its confirmations. */
const FOLLOWING = 20
/** Between the blocks of a chain on which nothing happens: its file need not grow all night. */
const IDLE_MS = 15_000

/** Mines block after block. Anvil's own interval would go on as fast while nobody does anything. */
export class Miner {
  #timer?: NodeJS.Timeout
  #turn: Promise<void> = Promise.resolve()
  #stopped = true
  #minedAt = 0
  #following = 0

  constructor(
    readonly rpc: Rpc,
    /** Milliseconds between blocks; 0 mines only when asked to. */
    public blockMs: number,
    readonly onBlock: () => Promise<void>
  ) {}

  start(): void {
    this.#stopped = false
    this.#plan()
  }

  /** Waits for the block that is being mined. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#turn
  }

  changePace(blockMs: number): void {
    this.blockMs = blockMs
    clearTimeout(this.#timer)
    this.#plan()
  }

  mine(blocks: number): Promise<void> {
    return this.#inTurn(async () => {
      this.#following = FOLLOWING
      await this.rpc.call('anvil_mine', [`0x${blocks.toString(16)}`])
      await this.#mined()
    })
  }

  /** One at a time with whatever else changes blocks. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => {})
    return turn
  }

  #plan(): void {
    if (this.#stopped || this.blockMs === 0) return
    this.#timer = setTimeout(() => {
      this.#inTurn(() => this.#tick())
        .catch((error: unknown) => !this.#stopped && console.error(error))
        .finally(() => this.#plan())
    }, this.blockMs)
  }

  async #tick(): Promise<void> {
    const { pending } = await this.rpc.call<{ pending: string }>('txpool_status')
    if (Number(pending) > 0) this.#following = FOLLOWING
    if (this.#following === 0 && Date.now() - this.#minedAt < IDLE_MS) return
    if (Number(pending) === 0 && this.#following > 0) this.#following--
    await this.rpc.call('evm_mine')
    await this.#mined()
  }

  async #mined(): Promise<void> {
    this.#minedAt = Date.now()
    await this.onBlock()
  }
}
