import type { LogReader } from '#chain/listener/reading/log_reader'
import { RangeReader } from '#chain/listener/reading/range_reader'
import { partsOf } from '#chain/listener/recording/parts'
import type { ReadBlocks, RecordBlocks } from '#chain/listener/recording/record_blocks'
import type { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'

/** Reads and records blocks that stay: while one part is written, the next one is on its way. */
export class BackFill {
  readonly #ranges: RangeReader

  constructor(
    private readonly rpc: ChainRpc,
    private readonly logs: LogReader,
    private readonly record: RecordBlocks
  ) {
    this.#ranges = new RangeReader(logs)
  }

  /** Goes on until `last` is recorded, `mayGoOn` says no, or the cursor is not where it should be. */
  async run(from: number, last: number, head: number, mayGoOn: () => boolean) {
    let next: Promise<ReadBlocks> | null = this.#ranges.read(from, last)
    while (next) {
      const read: ReadBlocks = await next
      next = read.to < last && mayGoOn() ? this.#ranges.read(read.to + 1, last) : null
      next?.catch(() => {})
      const isWritten = await this.#write(read.to === last ? await this.#withHeader(read) : read, head)
      if (!isWritten) return
    }
  }

  async #write(read: ReadBlocks, head: number) {
    for (const part of partsOf(read)) {
      if ((await this.record.run(part, this.logs.wallets, head)) !== 'recorded') return false
    }
    return true
  }

  /** The next block is read by its hash, and must follow this one. */
  async #withHeader(read: ReadBlocks): Promise<ReadBlocks> {
    const header = await this.rpc.block(read.to)
    if (!header) throw new ChainUnavailable(`No node has the block ${read.to}`)
    return { ...read, headers: [header] }
  }
}
