import { inject } from '@adonisjs/core'
import { RaffleContract } from '#chain/contracts/raffle'
import type { ChainLog } from '#chain/rpc/chain_facts'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { RangeTooWide } from '#chain/rpc/rpc_errors'
import type Raffle from '#raffles/models/raffle'

const WIDEST = 5_000

/** Who entered a round, in order, asked of the chain anew. */
@inject()
export class EntryLogs {
  constructor(
    private rpc: ChainRpc,
    private contract: RaffleContract
  ) {}

  /** Entries after the winner of the round before and before its own, which stands at `closing`. */
  async of(raffle: Raffle, closing: ChainLog): Promise<ChainLog[]> {
    const [entered, picked] = await Promise.all([
      this.contract.topic('RaffleEnter'),
      this.contract.topic('WinnerPicked'),
    ])
    const logs = await this.#read([entered, picked], raffle.openedBlock, closing.blockNumber)
    const own = logs.filter((log) => isBefore(log, closing))
    const former = own.findLastIndex(({ topics }) => topics[0] === picked)
    return own.slice(former + 1)
  }

  async #read(topics: string[], from: number, to: number): Promise<ChainLog[]> {
    const logs: ChainLog[] = []
    let blocks = WIDEST
    for (let start = from; start <= to;) {
      const end = Math.min(to, start + blocks - 1)
      try {
        const filter = { address: this.contract.address, topics: [topics], fromBlock: start, toBlock: end }
        logs.push(...(await this.rpc.logs(filter)))
        start = end + 1
      } catch (error) {
        if (!(error instanceof RangeTooWide) || end === start) throw error
        const asked = end - start + 1
        blocks = Math.max(1, Math.min(error.suggested ?? asked, Math.ceil(asked / 2)))
      }
    }
    return logs
  }
}

const isBefore = (one: ChainLog, other: ChainLog) =>
  one.blockNumber < other.blockNumber || (one.blockNumber === other.blockNumber && one.logIndex < other.logIndex)
