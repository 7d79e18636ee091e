import type { Interface, InterfaceAbi } from 'ethers'
import { ControlError } from '#sandbox/errors'
import { readArtifact, type ContractName } from '#sandbox/evm/contracts/artifact'
import { RAFFLE_ADDRESS, USDT_ADDRESS, VRF_ADDRESS } from '#sandbox/evm/deployment'
import { loadEthers } from '#sandbox/evm/ethers'
import type { Rpc } from '#sandbox/evm/rpc'

export type DeployedContract = 'usdt' | 'vrf' | 'raffle'

const DEPLOYED: Readonly<Record<DeployedContract, { address: string; artifact: ContractName }>> = {
  usdt: { address: USDT_ADDRESS, artifact: 'Usdt' },
  vrf: { address: VRF_ADDRESS, artifact: 'VrfCoordinatorMock' },
  raffle: { address: RAFFLE_ADDRESS, artifact: 'Raffle' },
}

/** An event of one of our contracts. */
export interface DecodedLog {
  contract: DeployedContract
  name: string
  args: Record<string, unknown>
}

export interface FoundLog {
  name: string
  args: Record<string, unknown>
  hash: string
  block: number
}

interface RpcLog {
  address: string
  topics: string[]
  data: string
  transactionHash: string
  blockNumber: string
}

export interface ContractTransaction {
  from: string
  contract: DeployedContract
  method: string
  args?: readonly unknown[]
  /** Twice what the node estimates when it is left out; with it the transaction is sent even if it would revert. */
  gas?: number
}

/** Calls of the contracts that `deployContracts` has put on a chain. */
export class ContractCalls {
  readonly #interfaces: Readonly<Record<DeployedContract, Interface>>

  static async on(rpc: Rpc): Promise<ContractCalls> {
    const { Interface: Abi } = await loadEthers()
    const of = (contract: DeployedContract) => new Abi(readArtifact(DEPLOYED[contract].artifact).abi as InterfaceAbi)
    return new ContractCalls(rpc, { usdt: of('usdt'), vrf: of('vrf'), raffle: of('raffle') })
  }

  private constructor(
    readonly rpc: Rpc,
    interfaces: Readonly<Record<DeployedContract, Interface>>
  ) {
    this.#interfaces = interfaces
  }

  has(contract: DeployedContract, method: string): boolean {
    return this.#interfaces[contract].hasFunction(method)
  }

  /** A result with one value is that value. @throws RpcError when it reverts */
  async read<T>(contract: DeployedContract, method: string, args: readonly unknown[] = [], from?: string): Promise<T> {
    const abi = this.#interfaces[contract]
    const call = { from, to: DEPLOYED[contract].address, data: abi.encodeFunctionData(method, args) }
    const result = abi.decodeFunctionResult(method, await this.rpc.call<string>('eth_call', [call, 'latest']))
    return result.length === 1 ? (result[0] as T) : (result as T)
  }

  /**
   * Answers the hash: it is mined when the chain mines. @throws RpcError when it would revert now, ControlError for
   * arguments that it does not take
   */
  async send({ from, contract, method, args = [], gas }: ContractTransaction): Promise<string> {
    const call = {
      from,
      to: DEPLOYED[contract].address,
      data: this.#encode(contract, method, args),
    }
    const limit = gas ?? 2 * Number(await this.rpc.call<string>('eth_estimateGas', [call]))
    return this.rpc.call<string>('eth_sendTransaction', [{ ...call, gas: `0x${limit.toString(16)}` }])
  }

  #encode(contract: DeployedContract, method: string, args: readonly unknown[]): string {
    const abi = this.#interfaces[contract]
    try {
      return abi.encodeFunctionData(method, args)
    } catch (error) {
      const { shortMessage } = error as { shortMessage?: string }
      if (!shortMessage) throw error
      throw new ControlError(
        422,
        `The arguments don't fit ${abi.getFunction(method)!.format('full')}: ${shortMessage}.`
      )
    }
  }

  /** What our contracts say in these logs, in their order. */
  decode(logs: readonly { address: string; topics: readonly string[]; data: string }[]): DecodedLog[] {
    return logs.flatMap((log) => {
      const contract = contractAt(log.address)
      const parsed = contract && this.#interfaces[contract].parseLog(log)
      return parsed ? [{ contract, name: parsed.name, args: parsed.args.toObject() }] : []
    })
  }

  /** A reverted call in the contract's words: `UpkeepNotNeeded(0, 0, 0)`. Null for one without a reason. */
  reasonOf(data: unknown): string | null {
    if (typeof data !== 'string' || data === '0x') return null
    for (const abi of Object.values(this.#interfaces)) {
      const error = abi.parseError(data)
      if (error) return `${error.name}(${error.args.join(', ')})`
    }
    return null
  }

  /** `transfer(0x..., 5000000)`, for what calls one of our contracts. */
  describe(to: string | null, data: string): string | null {
    const contract = to && contractAt(to)
    const parsed = contract && this.#interfaces[contract].parseTransaction({ data })
    return parsed ? `${parsed.name}(${parsed.args.join(', ')})` : null
  }

  /** Of one event, oldest first; `indexed` are topics of its arguments, null for any. */
  async logs(
    contract: DeployedContract,
    event: string,
    indexed: readonly (string | null)[] = [],
    fromBlock = 0
  ): Promise<FoundLog[]> {
    const { topicHash } = this.#interfaces[contract].getEvent(event)!
    const filter = {
      address: DEPLOYED[contract].address,
      topics: [topicHash, ...indexed],
      fromBlock: `0x${fromBlock.toString(16)}`,
      toBlock: 'latest',
    }
    const logs = await this.rpc.call<RpcLog[]>('eth_getLogs', [filter])
    return logs.flatMap((log) =>
      this.decode([log]).map(({ name, args }) => ({
        name,
        args,
        hash: log.transactionHash,
        block: Number(log.blockNumber),
      }))
    )
  }
}

export function contractAt(address: string): DeployedContract | undefined {
  const key = address.toLowerCase()
  return (Object.keys(DEPLOYED) as DeployedContract[]).find((name) => DEPLOYED[name].address.toLowerCase() === key)
}
