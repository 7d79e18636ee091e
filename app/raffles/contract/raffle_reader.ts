import { inject } from '@adonisjs/core'
import { RaffleContract } from '#chain/contracts/raffle'
import type { At } from '#chain/rpc/chain_rpc'

/** The contract as it stands at a block, ahead of what is confirmed. */
export interface RaffleNow {
  /** Not being drawn. */
  isOpen: boolean
  isPaused: boolean
  /** Minor units of USDT. */
  fee: bigint
  /** Entries of its current round; null when it does not tell. */
  entries: number | null
}

const OPEN = 0n

/** Reads the contract. What a raffle need not have is asked for only when its ABI has it. Throws as `ChainRpc` does. */
@inject()
export class RaffleReader {
  constructor(private contract: RaffleContract) {}

  async now(at: At = 'latest'): Promise<RaffleNow> {
    const [state, paused, [fee], entries] = await Promise.all([
      this.#optional('getRaffleState', [], at),
      this.#optional('paused', [], at),
      this.contract.read('getEntranceFee', [], { at }),
      this.entries(at),
    ])
    return { isOpen: state === null || state === OPEN, isPaused: paused === true, fee, entries }
  }

  async fee(): Promise<bigint> {
    const [fee] = await this.contract.read('getEntranceFee')
    return fee
  }

  /** Whether the contract lets a draw be asked for. */
  async isDue(at: At = 'latest'): Promise<boolean> {
    const [isDue] = await this.contract.read('checkUpkeep', ['0x'], { at })
    return isDue
  }

  /** Of the current round; null when the contract does not tell. */
  async entries(at: At = 'latest'): Promise<number | null> {
    const count = await this.#optional('getNumberOfPlayers', [], at)
    if (count !== null) return Number(count)
    const players: unknown[] | null = await this.#optional('getPlayers', [], at)
    return players && players.length
  }

  /** Minor units of a prize that could not be paid and waits to be claimed; null when the contract has no such thing. */
  claimable(winner: string, at: At = 'latest'): Promise<bigint | null> {
    return this.#optional('claimable', [winner], at)
  }

  async #optional(name: string, args: unknown[] = [], at: At = 'latest') {
    if (!(await this.contract.has(name))) return null
    const [value] = await this.contract.read(name, args, { at })
    return value
  }
}
