import { inject } from '@adonisjs/core'
import { RaffleContract } from '#chain/contracts/raffle'
import { ethersLibrary } from '#chain/ethers'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { CallReverted } from '#chain/rpc/rpc_errors'

/** By these names contracts keep what they ask for randomness with: the reference one, and Chainlink's examples. */
const COORDINATORS = ['coordinator', 's_vrfCoordinator', 'i_vrfCoordinator']
const SUBSCRIPTIONS = ['subscriptionId', 's_subscriptionId', 'i_subscriptionId', 'getSubscriptionId']

const COORDINATOR = [
  `function getSubscription(uint256 subId) view returns (uint96 balance, uint96 nativeBalance, uint64 reqCount,
    address subOwner, address[] consumers)`,
]

/** The subscription at Chainlink's coordinator that pays for the raffle's randomness. */
@inject()
export class SubscriptionReader {
  constructor(
    private contract: RaffleContract,
    private rpc: ChainRpc
  ) {}

  /**
   * Its LINK, 18 decimals: none of one that is cancelled. Null when the contract does not tell where it is, or the
   * coordinator is of another kind.
   */
  async link(): Promise<bigint | null> {
    const [coordinator, subscription] = await Promise.all([this.#first(COORDINATORS), this.#first(SUBSCRIPTIONS)])
    if (coordinator === null || subscription === null) return null
    const { Interface } = await ethersLibrary()
    const abi = new Interface(COORDINATOR)
    const data = abi.encodeFunctionData('getSubscription', [subscription])
    const answer = await this.#answer(coordinator as string, data)
    if (answer instanceof CallReverted) return isRefusal(answer) ? 0n : null
    try {
      return abi.decodeFunctionResult('getSubscription', answer).balance
    } catch {
      return null
    }
  }

  async #answer(to: string, data: string): Promise<string | CallReverted> {
    try {
      return await this.rpc.call({ to, data })
    } catch (error) {
      if (error instanceof CallReverted) return error
      throw error
    }
  }

  async #first(names: string[]): Promise<unknown> {
    for (const name of names) {
      if (!(await this.contract.has(name))) continue
      const [value] = await this.contract.read(name)
      return value
    }
    return null
  }
}

/** A contract without such a function gives no reason; a coordinator does, for a subscription that it does not know. */
const isRefusal = ({ reason, data }: CallReverted) => reason !== null || (data !== null && data !== '0x')
