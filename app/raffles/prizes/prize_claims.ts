import { inject } from '@adonisjs/core'
import { RaffleContract } from '#chain/contracts/raffle'
import type { At } from '#chain/rpc/chain_rpc'
import { CallReverted } from '#chain/rpc/rpc_errors'
import { ok, refuse, type Result } from '#core/result'
import { RaffleReader } from '#raffles/contract/raffle_reader'

/** What a raffle need not have: it pays a prize that could not be paid when it was won, whoever asks. */
export const CLAIM = 'claimPrize(address)'

/** Prizes that wait in the contract. Throws as `ChainRpc` does. */
@inject()
export class PrizeClaims {
  constructor(
    private contract: RaffleContract,
    private reader: RaffleReader
  ) {}

  /** Whether the contract can be asked to pay at all: its ABI tells. */
  areSupported(): Promise<boolean> {
    return this.contract.has(CLAIM)
  }

  /**
   * Minor units that would go to the winner if `sender` asked, as the contract stands at that block. Refuses with `claim_unsupported`, `nothing_to_claim`,
   * or `prize_refused` while USDT still can't be moved to them.
   */
  async check(winner: string, sender: string, at: At = 'latest'): Promise<Result<bigint>> {
    if (!(await this.areSupported())) return refuse('claim_unsupported')
    const waiting = await this.reader.claimable(winner, at)
    if (!waiting) return refuse('nothing_to_claim')
    try {
      await this.contract.read(CLAIM, [winner], { from: sender, at })
      return ok(waiting)
    } catch (error) {
      if (error instanceof CallReverted) return refuse('prize_refused')
      throw error
    }
  }

  encode(winner: string): Promise<string> {
    return this.contract.encode(CLAIM, [winner])
  }
}
