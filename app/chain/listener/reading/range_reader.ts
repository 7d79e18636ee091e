import type { LogReader } from '#chain/listener/reading/log_reader'
import { RangeSize } from '#chain/listener/reading/range_size'
import type { ReadBlocks } from '#chain/listener/recording/record_blocks'
import { ChainUnavailable, RangeTooWide } from '#chain/rpc/rpc_errors'

/** Reads blocks that stay, as many at once as the nodes allow. */
export class RangeReader {
  readonly #size: RangeSize

  constructor(
    private readonly logs: LogReader,
    start?: number
  ) {
    this.#size = new RangeSize(start)
  }

  /** From `from` on, up to `last` at most. @throws ChainUnavailable. */
  async read(from: number, last: number): Promise<ReadBlocks> {
    for (;;) {
      const size = Math.min(this.#size.blocks, last - from + 1)
      const isFull = size === this.#size.blocks
      try {
        const wallets = this.logs.wallets.count
        const events = await this.logs.range(from, from + size - 1)
        if (isFull) this.#size.answered()
        return { from, to: from + size - 1, events, headers: [], wallets }
      } catch (error) {
        if (error instanceof ChainUnavailable) this.#size.unanswered()
        const isSmaller = error instanceof RangeTooWide && this.#size.refused(size, error.suggested)
        if (!isSmaller) throw error
      }
    }
  }
}
