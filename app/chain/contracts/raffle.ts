import { inject } from '@adonisjs/core'
import type { Interface, Result as Decoded } from 'ethers'
import { Chain, type ChainConfig } from '#chain/chain_config'
import { readRaffleAbi } from '#chain/contracts/abi_file'
import { ethersLibrary } from '#chain/ethers'
import type { ChainLog } from '#chain/rpc/chain_facts'
import { ChainRpc, type At } from '#chain/rpc/chain_rpc'
import { CallReverted } from '#chain/rpc/rpc_errors'

/** What a raffle must have, whoever wrote it. */
const FUNCTIONS = [
  'enterRaffle()',
  'checkUpkeep(bytes)',
  'performUpkeep(bytes)',
  'getEntranceFee()',
  'getRecentWinner()',
] as const
const EVENTS = ['RaffleEnter(address)', 'RequestedRaffleWinner(uint256)', 'WinnerPicked(address,uint256)'] as const

/** Selectors of what we send to it. The last one a raffle need not have. */
export const ENTER = '0x2cfcc539'
export const PERFORM_UPKEEP = '0x4585e33b'
export const CLAIM_PRIZE = '0xe5e9b661'

export interface DecodedEvent {
  name: string
  args: Decoded
}

/** One for each configuration, read once. */
const interfaces = new WeakMap<ChainConfig, Promise<Interface>>()

/** The raffle's contract, by its ABI: the reference one's, or that of CHAIN_RAFFLE_ABI. */
@inject()
export class RaffleContract {
  constructor(
    private chain: Chain,
    private rpc: ChainRpc
  ) {}

  get address() {
    return this.chain.required.raffle
  }

  /** Whether it has a function or event of that name (`getPlayers`) or signature (`getPlayers()`). */
  async has(name: string): Promise<boolean> {
    const abi = await this.#abi()
    return abi.hasFunction(name) || abi.hasEvent(name)
  }

  async encode(name: string, args: readonly unknown[] = []): Promise<string> {
    const abi = await this.#abi()
    return abi.encodeFunctionData(name, args)
  }

  /** Calls it without a transaction. @throws CallReverted, its reason the name of the contract's own error if it has one. */
  async read(name: string, args: readonly unknown[] = [], options: { from?: string; at?: At } = {}): Promise<Decoded> {
    const abi = await this.#abi()
    const data = abi.encodeFunctionData(name, args)
    try {
      const answer = await this.rpc.call({ to: this.address, data, from: options.from }, options.at)
      return abi.decodeFunctionResult(name, answer)
    } catch (error) {
      throw error instanceof CallReverted ? await this.explain(error) : error
    }
  }

  /** The same failure with the name of the contract's own error, if it is one of those. */
  async explain(error: CallReverted): Promise<CallReverted> {
    const abi = await this.#abi()
    const custom = error.data && error.data.length >= SELECTOR ? abi.parseError(error.data) : null
    return custom && !BUILT_IN.has(custom.name) ? new CallReverted(custom.name, error.data) : error
  }

  /** Null when the log is not of this contract, or of an event that its ABI lacks. */
  async decode(log: Pick<ChainLog, 'address' | 'topics' | 'data'>): Promise<DecodedEvent | null> {
    if (log.address !== this.address.toLowerCase()) return null
    const abi = await this.#abi()
    const event = abi.parseLog(log)
    return event && { name: event.name, args: event.args }
  }

  /** What logs of this event begin with. */
  async topic(event: string): Promise<string> {
    const abi = await this.#abi()
    return abi.getEvent(event)!.topicHash
  }

  /** Functions and events that every raffle must have, and this one's ABI lacks. */
  async missing(): Promise<string[]> {
    const abi = await this.#abi()
    return [
      ...FUNCTIONS.filter((signature) => !abi.hasFunction(signature)),
      ...EVENTS.filter((signature) => !abi.hasEvent(signature)).map((signature) => `event ${signature}`),
    ]
  }

  #abi(): Promise<Interface> {
    const config = this.chain.required
    const known = interfaces.get(config)
    if (known) return known
    const reading = readInterface(config)
    interfaces.set(config, reading)
    reading.catch(() => interfaces.delete(config))
    return reading
  }
}

/** Characters of `0x` and four bytes, which every error but an empty one begins with. */
const SELECTOR = 10
const BUILT_IN = new Set(['Error', 'Panic'])

async function readInterface(config: ChainConfig) {
  const [abi, ethers] = await Promise.all([readRaffleAbi(config), ethersLibrary()])
  return new ethers.Interface(abi as string[])
}
