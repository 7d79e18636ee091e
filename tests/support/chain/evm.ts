import { Interface, type InterfaceAbi } from 'ethers'
import { ChainOf, type ChainConfig } from '#chain/chain_config'
import { Anvil } from '#sandbox/evm/anvil'
import { type ContractName, readArtifact } from '#sandbox/evm/contracts/artifact'
import { DEPLOYER, deployContracts, RAFFLE_ADDRESS, USDT_ADDRESS, VRF_ADDRESS } from '#sandbox/evm/deployment'
import { type Rpc, RpcError } from '#sandbox/evm/rpc'
import { receiptOf, type Receipt } from '#sandbox/evm/transactions'

const ETHER = 10n ** 18n

export interface EvmOptions {
  chainId?: number
  /** Minor units of USDT; 5 USDT by default. */
  entranceFee?: bigint
  /** Seconds that a round is open at least; none by default. */
  interval?: bigint
  /** Further arguments of anvil, such as `--block-time`, `1`. */
  args?: readonly string[]
}

/** The log of an event, as its contract's ABI reads it. */
export interface DecodedLog {
  name: string
  args: Record<string, unknown>
}

/**
 * An Ethereum chain of a test's own: anvil with USDT, the VRF coordinator and the raffle on it. Each transaction mines a
 * block at once, until `automine(false)`. Ends with the test process at the latest.
 *
 *     const world = await EvmWorld.start()
 *     app.container.swap(Chain, () => world.chain())
 *     await world.mint(address, 5_000_000n)
 *     await world.stop()
 */
export class EvmWorld {
  readonly usdt = USDT_ADDRESS
  readonly vrf = VRF_ADDRESS
  readonly raffle = RAFFLE_ADDRESS
  /** Owns the contracts and mints. */
  readonly owner = DEPLOYER
  readonly contracts = {
    usdt: interfaceOf('Usdt'),
    vrf: interfaceOf('VrfCoordinatorMock'),
    raffle: interfaceOf('Raffle'),
  }

  static async start(options: EvmOptions = {}): Promise<EvmWorld> {
    const chainId = options.chainId ?? 31_337
    const anvil = await Anvil.start({ chainId, args: options.args })
    await deployContracts(anvil.rpc, {
      entranceFee: options.entranceFee ?? 5_000_000n,
      interval: options.interval ?? 0n,
    })
    await anvil.rpc.call('anvil_autoImpersonateAccount', [true])
    return new EvmWorld(anvil, chainId)
  }

  private constructor(
    readonly anvil: Anvil,
    readonly chainId: number
  ) {}

  get rpcUrl(): string {
    return this.anvil.url
  }

  /** Bare JSON-RPC, `anvil_*` and `evm_*` included. */
  get rpc(): Rpc {
    return this.anvil.rpc
  }

  stop(): Promise<void> {
    return this.anvil.stop()
  }

  /** What the product would be told by the environment. One confirmation, and the raffle's start unless told otherwise. */
  chainConfig(changes: Partial<ChainConfig> = {}): ChainConfig {
    return {
      chainId: this.chainId,
      rpcUrls: [this.rpcUrl],
      usdt: this.usdt,
      raffle: this.raffle,
      raffleAbi: null,
      startBlock: 0,
      confirmations: 1,
      pollMs: 20,
      explorerUrl: null,
      ...changes,
    }
  }

  /** To bind in place of `Chain`. */
  chain(changes: Partial<ChainConfig> = {}): ChainOf {
    return new ChainOf(this.chainConfig(changes))
  }

  async head(): Promise<number> {
    return Number(await this.rpc.call<string>('eth_blockNumber'))
  }

  async mine(blocks = 1): Promise<void> {
    await this.rpc.call('anvil_mine', [quantity(blocks)])
  }

  /** Whether each transaction mines a block of its own at once. Otherwise `mine()` does. */
  async automine(on: boolean): Promise<void> {
    await this.rpc.call('evm_setAutomine', [on])
  }

  /**
   * Replaces the last `depth` blocks by as many new ones. What they held is gone and does not return to the pool; `txs`
   * are mined instead, each in the new block of that number (from 0).
   */
  async reorg(depth: number, txs: readonly (readonly [EvmTransaction | string, number])[] = []): Promise<void> {
    await this.rpc.call('anvil_reorg', [
      depth,
      txs.map(([tx, block]) => [typeof tx === 'string' ? tx : rpcTransaction(tx), block]),
    ])
  }

  snapshot(): Promise<string> {
    return this.rpc.call<string>('evm_snapshot')
  }

  /** A snapshot can be gone back to once. */
  async revert(snapshot: string): Promise<void> {
    await this.rpc.call('evm_revert', [snapshot])
  }

  async setBalance(address: string, wei: bigint): Promise<void> {
    await this.rpc.call('anvil_setBalance', [address, quantity(wei)])
  }

  async balance(address: string): Promise<bigint> {
    return BigInt(await this.rpc.call<string>('eth_getBalance', [address, 'latest']))
  }

  /** Gives USDT that did not exist before, in minor units. */
  mint(to: string, amount: bigint): Promise<Receipt> {
    return this.send(this.owner, this.usdt, this.contracts.usdt.encodeFunctionData('mint', [to, amount]))
  }

  async usdtOf(address: string): Promise<bigint> {
    const [balance] = await this.read('usdt', 'balanceOf', [address])
    return balance as bigint
  }

  transfer(from: string, to: string, amount: bigint): Promise<Receipt> {
    return this.act(from, 'usdt', 'transfer', [to, amount])
  }

  /** Somebody who is no customer enters: gets gas and the fee, approves and enters. Three blocks while automining. */
  async enterAs(player: string): Promise<Receipt> {
    const [fee] = await this.read('raffle', 'getEntranceFee')
    await this.mint(player, fee as bigint)
    await this.act(player, 'usdt', 'approve', [this.raffle, fee])
    return this.act(player, 'raffle', 'enterRaffle')
  }

  /** Asks for a draw as Chainlink's automation does. Answers the id of the request. */
  async requestDraw(): Promise<bigint> {
    const receipt = await this.act(this.owner, 'raffle', 'performUpkeep', ['0x'])
    const request = this.logs(receipt).find((log) => log.name === 'RequestedRaffleWinner')!
    return request.args.requestId as bigint
  }

  /** Answers it as the oracle does; with a word of one's own the entry number `word % entries` wins. */
  fulfil(requestId: bigint, word?: bigint): Promise<Receipt> {
    return word === undefined
      ? this.act(this.owner, 'vrf', 'fulfillRandomWords', [requestId])
      : this.act(this.owner, 'vrf', 'fulfillRandomWordsWithOverride', [requestId, [word]])
  }

  /** Calls a contract in anybody's name, who has gas enough afterwards. Waits until it is mined; throws if it reverts. */
  async act(
    from: string,
    contract: keyof EvmWorld['contracts'],
    method: string,
    args: readonly unknown[] = []
  ): Promise<Receipt> {
    return this.send(from, this[contract], this.contracts[contract].encodeFunctionData(method, args))
  }

  /** What a call in anybody's name would be refused with, as encoded by the contract; null for one that would do. */
  async refusalOf(
    from: string,
    contract: keyof EvmWorld['contracts'],
    method: string,
    args: readonly unknown[] = []
  ): Promise<string | null> {
    const data = this.contracts[contract].encodeFunctionData(method, args)
    try {
      await this.rpc.call('eth_call', [{ from, to: this[contract], data }, 'latest'])
      return null
    } catch (error) {
      if (error instanceof RpcError && typeof error.data === 'string') return error.data
      throw error
    }
  }

  async read(
    contract: keyof EvmWorld['contracts'],
    method: string,
    args: readonly unknown[] = []
  ): Promise<readonly unknown[]> {
    const abi = this.contracts[contract]
    const call = { to: this[contract], data: abi.encodeFunctionData(method, args) }
    return abi.decodeFunctionResult(method, await this.rpc.call<string>('eth_call', [call, 'latest']))
  }

  /** Sends in anybody's name; see `submit`. Waits until it is mined; throws if it reverts. */
  async send(from: string, to: string, data = '0x', value = 0n): Promise<Receipt> {
    return receiptOf(this.rpc, await this.submit({ from, to, data, value }))
  }

  /** Sends in anybody's name, who is given gas first if short. Answers the hash, mined or not. */
  async submit(transaction: EvmTransaction & { from: string }): Promise<string> {
    if ((await this.balance(transaction.from)) < ETHER) await this.setBalance(transaction.from, ETHER * 10n)
    return this.rpc.call<string>('eth_sendTransaction', [rpcTransaction(transaction)])
  }

  /** The logs of our contracts in a receipt, in their order. */
  logs(receipt: Receipt): DecodedLog[] {
    return receipt.logs.flatMap((log) => {
      for (const name of ['usdt', 'vrf', 'raffle'] as const) {
        if (this[name].toLowerCase() !== log.address) continue
        const parsed = this.contracts[name].parseLog(log)
        if (parsed) return [{ name: parsed.name, args: parsed.args.toObject() }]
      }
      return []
    })
  }
}

export interface EvmTransaction {
  from?: string
  to: string
  data?: string
  value?: bigint
  gas?: bigint
}

function rpcTransaction({ value, gas, ...transaction }: EvmTransaction) {
  return {
    ...transaction,
    ...(value !== undefined && { value: quantity(value) }),
    ...(gas !== undefined && { gas: quantity(gas) }),
  }
}

function interfaceOf(name: ContractName): Interface {
  return new Interface(readArtifact(name).abi as InterfaceAbi)
}

const quantity = (value: bigint | number) => `0x${value.toString(16)}`
