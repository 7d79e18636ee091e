import { inTurns } from '#chain/listener/reading/in_turns'
import type { LogReader } from '#chain/listener/reading/log_reader'
import type { RecordBlocks } from '#chain/listener/recording/record_blocks'
import type { ChainBlock } from '#chain/rpc/chain_facts'
import type { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'

const AT_A_TIME = 4

/** Reads and records the newest blocks, each by its hash: they may still be replaced. */
export class HeadFollower {
  constructor(
    private readonly rpc: ChainRpc,
    private readonly logs: LogReader,
    private readonly record: RecordBlocks
  ) {}

  /** All of them in one transaction: no more than the confirmations that are waited for. */
  async run(from: number, head: number) {
    const wallets = this.logs.wallets.count
    const headers = await this.rpc.blocks(from, head)
    mustBeLinked(headers)
    const events = await inTurns(headers, AT_A_TIME, (header) => this.logs.block(header))
    await this.record.run({ from, to: head, events: events.flat(), headers, wallets }, this.logs.wallets, head)
  }
}

function mustBeLinked(headers: readonly ChainBlock[]) {
  const isLinked = headers.every((header, index) => index === 0 || header.parentHash === headers[index - 1].hash)
  if (!isLinked) throw new ChainUnavailable('The newest blocks do not follow each other: they are being replaced')
}
