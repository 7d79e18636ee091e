import { ControlError } from '#sandbox/errors'
import type { Anvil } from '#sandbox/evm/anvil'
import { ContractCalls, type ContractTransaction, type DeployedContract } from '#sandbox/evm/contracts/calls'
import { DEPLOYER } from '#sandbox/evm/deployment'
import { loadEthers } from '#sandbox/evm/ethers'
import { Miner } from '#sandbox/evm/miner'
import { RpcError } from '#sandbox/evm/rpc'
import { VrfKeeper } from '#sandbox/evm/vrf_keeper'
import type { ServiceContext } from '#sandbox/services/service'

/** The third of anvil's accounts. */
const FAUCET = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC'
const WEALTH = 10n ** 24n

export interface LocalChainSettings {
  blockMs: number
  vrfMs: number
  vrfPaused: boolean
}

interface Block {
  number: string
  hash: string
  timestamp: string
  transactions: string[]
}

/** A chain that the sandbox runs: its blocks, its faucet, its oracle. */
export class LocalChain {
  readonly miner: Miner
  readonly keeper: VrfKeeper

  static async on(anvil: Anvil, context: ServiceContext, settings: LocalChainSettings): Promise<LocalChain> {
    const chain = new LocalChain(anvil, await ContractCalls.on(anvil.rpc), context, settings)
    await anvil.rpc.call('evm_setAutomine', [false])
    await anvil.rpc.call('anvil_setBalance', [FAUCET, `0x${WEALTH.toString(16)}`])
    await chain.keeper.look()
    chain.miner.start()
    return chain
  }

  private constructor(
    readonly anvil: Anvil,
    readonly calls: ContractCalls,
    readonly context: ServiceContext,
    settings: LocalChainSettings
  ) {
    this.keeper = new VrfKeeper(calls, settings.vrfMs, () => context.clock.now())
    this.keeper.paused = settings.vrfPaused
    this.miner = new Miner(anvil.rpc, settings.blockMs, () => this.keeper.look())
  }

  get url(): string {
    return this.anvil.url
  }

  get settings(): LocalChainSettings {
    return { blockMs: this.miner.blockMs, vrfMs: this.keeper.delayMs, vrfPaused: this.keeper.paused }
  }

  async change({ blockMs, vrfMs, vrfPaused }: Partial<LocalChainSettings>): Promise<void> {
    if (blockMs !== undefined) this.miner.changePace(blockMs)
    if (vrfMs !== undefined) this.keeper.delayMs = vrfMs
    if (vrfPaused !== undefined) this.keeper.paused = vrfPaused
    await this.keeper.look()
    this.context.live.emit({ type: 'services' })
  }

  async stop(): Promise<void> {
    await this.miner.stop()
    await this.anvil.stop()
  }

  async head(): Promise<number> {
    return Number(await this.anvil.rpc.call<string>('eth_blockNumber'))
  }

  /** Test USDT in minor units, and gas in wei. Both are ordinary transactions, mined with the next block. */
  async give(address: string, { usdt, gas }: { usdt: bigint; gas: bigint }): Promise<string[]> {
    const to = await checkedAddress(address)
    const hashes: string[] = []
    if (usdt > 0n) hashes.push(await this.own('usdt', 'mint', [to, usdt]))
    if (gas > 0n) {
      const transaction = { from: FAUCET, to, value: `0x${gas.toString(16)}` }
      hashes.push(await this.#taken(this.anvil.rpc.call<string>('eth_sendTransaction', [transaction])))
    }
    return hashes
  }

  /** Calls a contract as its owner. @throws ControlError with the reason why it would revert */
  own(contract: DeployedContract, method: string, args: readonly unknown[] = []): Promise<string> {
    return this.act({ from: DEPLOYER, contract, method, args })
  }

  /** Calls a contract in the name of one of anvil's accounts. @throws ControlError with the reason why it would revert */
  act(transaction: ContractTransaction): Promise<string> {
    return this.#taken(this.calls.send(transaction))
  }

  /** What is left of the raffle's subscription, in units with 18 decimals. */
  async link(): Promise<bigint> {
    const [balance] = await this.calls.read<[bigint]>('vrf', 'getSubscription', [await this.#subscription()])
    return balance
  }

  async setLink(amount: bigint): Promise<void> {
    await this.own('vrf', 'setSubscriptionBalance', [await this.#subscription(), amount])
  }

  /**
   * Replaces the last blocks by as many others. Their transactions are gone, or wait to be mined once more.
   *
   * @throws ControlError where anvil no longer knows the blocks: after a restart only new ones can be replaced
   */
  async reorg(depth: number, { again }: { again: boolean }): Promise<void> {
    const dropped = again ? await this.#rawOfLast(depth) : []
    await this.anvil.rpc.call('anvil_reorg', [depth, []]).catch((error: Error) => {
      throw new ControlError(422, `The chain can't replace ${depth} blocks: ${error.message}`)
    })
    for (const raw of dropped) await this.anvil.rpc.call('eth_sendRawTransaction', [raw]).catch(() => {})
    await this.keeper.look()
    this.context.live.emit({ type: 'services' })
  }

  /** Newest first. */
  async lastBlocks(count: number): Promise<Block[]> {
    const head = await this.head()
    const numbers = Array.from({ length: Math.min(count, head + 1) }, (_, index) => head - index)
    return Promise.all(
      numbers.map((number) => this.anvil.rpc.call<Block>('eth_getBlockByNumber', [`0x${number.toString(16)}`, false]))
    )
  }

  /** What the node refuses is a mistake of whoever drives the sandbox. */
  #taken<T>(work: Promise<T>): Promise<T> {
    return work.catch((error: unknown) => {
      if (!(error instanceof RpcError)) throw error
      throw new ControlError(422, this.calls.reasonOf(error.data) ?? error.message)
    })
  }

  #subscription(): Promise<bigint> {
    return this.calls.read<bigint>('raffle', 'subscriptionId')
  }

  async #rawOfLast(depth: number): Promise<string[]> {
    const blocks = await this.lastBlocks(depth)
    const hashes = blocks.reverse().flatMap((block) => block.transactions)
    return Promise.all(hashes.map((hash) => this.anvil.rpc.call<string>('eth_getRawTransactionByHash', [hash])))
  }
}

/** With the checksum's capitals. @throws ControlError for what is none, or whose capitals are wrong */
export async function checkedAddress(text: string): Promise<string> {
  const { getAddress } = await loadEthers()
  try {
    return getAddress(text.trim())
  } catch {
    throw new ControlError(422, `"${text}" is no address of Ethereum.`)
  }
}
