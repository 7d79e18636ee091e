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

  /** A receipt doesn't say: the same call is made upon the block before. Null when nobody knows. */
  async of(tx: ChainTx, { gasUsed, blockNumber }: ChainReceipt): Promise<string | null> {
    if (gasUsed >= BigInt(tx.gasLimit)) return 'out of gas'
    try {
      const call = { to: tx.toKey, data: tx.data, from: tx.fromKey, value: BigInt(tx.value) }
      await this.rpc.call(call, blockNumber - 1)
    } catch (error) {
      if (error instanceof CallReverted) return this.explain(error)
      if (!(error instanceof ChainUnavailable)) throw error
    }
    return null
  }
}
