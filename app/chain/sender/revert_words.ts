import { inject } from '@adonisjs/core'
import { RaffleContract } from '#chain/contracts/raffle'
import type ChainTx from '#chain/models/chain_tx'
import type { ChainReceipt } from '#chain/rpc/chain_facts'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { CallReverted, ChainUnavailable } from '#chain/rpc/rpc_errors'

/** Why a call failed, in the words of the contract: `RaffleNotOpen`, `ERC20: paused`. */
@inject()
export class RevertWords {
  constructor(
    private rpc: ChainRpc,
    private raffle: RaffleContract
  ) {}

  async explain(error: CallReverted): Promise<string | null> {
    const { reason } = await this.raffle.explain(error)
    return reason
  }

  /**
   * A receipt doesn't say: the same call is made upon the block before, and upon its own, since what came before it
   * there may have been the cause. Null when nobody knows.
   */
  async of(tx: ChainTx, { gasUsed, blockNumber }: ChainReceipt): Promise<string | null> {
    if (gasUsed >= BigInt(tx.gasLimit)) return 'out of gas'
    const reverted = (await this.#replay(tx, blockNumber - 1)) ?? (await this.#replay(tx, blockNumber))
    return reverted && this.explain(reverted)
  }

  async #replay({ toKey: to, data, fromKey: from, value }: ChainTx, at: number): Promise<CallReverted | null> {
    try {
      await this.rpc.call({ to, data, from, value: BigInt(value) }, at)
    } catch (error) {
      if (error instanceof CallReverted) return error
      if (!(error instanceof ChainUnavailable)) throw error
    }
    return null
  }
}
