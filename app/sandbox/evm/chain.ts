import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ControlError } from '#sandbox/errors'
import { Anvil, anvilBinary, NO_ANVIL } from '#sandbox/evm/anvil'
import { deployContracts, RAFFLE_ADDRESS } from '#sandbox/evm/deployment'
import { LocalChain, type LocalChainSettings } from '#sandbox/evm/local_chain'
import { endRemaining, remember } from '#sandbox/evm/remaining'
import type { ServiceContext } from '#sandbox/services/service'

export const EVM_CHAIN_ID = 31_337

/** 5 USDT; a round is open for a minute at least. */
const TERMS = { entranceFee: 5_000_000n, interval: 60n }

/**
 * Of so many last blocks the balances are kept too, also over a restart: whoever waits for confirmations asks for them.
 * Of all blocks they would soon fill the disk.
 */
const HISTORY = ['--preserve-historical-states', '--prune-history', '64']

export interface EvmChainOptions {
  /** false: none; an address: a node that somebody else runs, with the contracts on it, to put the faults before */
  evm: boolean | string
  /** milliseconds between blocks; 0 mines only when asked to */
  evmBlockMs: number
  /** how long the oracle takes, in milliseconds */
  evmVrfMs: number
  /** the chain survives a restart in there */
  dataDir?: string
}

/** The sandbox's Ethereum chain, if it has one: whether it runs, and where. */
export class EvmChain {
  #local?: LocalChain
  #foreign?: string
  #problem = 'The sandbox was started without a chain.'
  #stopping = false
  #settings: LocalChainSettings

  constructor(
    readonly context: ServiceContext,
    readonly options: EvmChainOptions,
    /** what this machine has */
    readonly binary: () => string | null = anvilBinary
  ) {
    this.#settings = { blockMs: options.evmBlockMs, vrfMs: options.evmVrfMs, vrfPaused: false }
  }

  /** Where the node itself listens; null without one. */
  get url(): string | null {
    return this.#foreign ?? this.#local?.url ?? null
  }

  /** Why there is none, for people. */
  get problem(): string | null {
    return this.url ? null : this.#problem
  }

  /** The chain that the sandbox itself runs. @throws ControlError without one */
  get local(): LocalChain {
    if (!this.#local) throw new ControlError(409, this.#foreign ? 'The chain is run by somebody else.' : this.#problem)
    return this.#local
  }

  /** Deploys the contracts on a new one, which takes half a second. A machine without anvil goes without. */
  async start(): Promise<void> {
    const { evm } = this.options
    if (typeof evm === 'string') this.#foreign = evm
    else if (evm && !this.binary()) this.#problem = NO_ANVIL
    else if (evm) await this.#run()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#local?.stop()
  }

  snapshot(): LocalChainSettings {
    return this.#local?.settings ?? this.#settings
  }

  /** Before it starts. */
  restore(settings: LocalChainSettings | undefined): void {
    if (settings) this.#settings = settings
  }

  async #run(): Promise<void> {
    const folder = this.options.dataDir && join(this.options.dataDir, 'evm')
    if (folder) {
      mkdirSync(folder, { recursive: true })
      await endRemaining(folder)
    }
    const file = folder && join(folder, 'chain.json')
    const state = file ? ['--state', file, '--state-interval', '300', ...HISTORY] : []
    const anvil = await Anvil.start({ chainId: EVM_CHAIN_ID, detached: true, args: state })
    if (folder) remember(folder, anvil.child.pid!)
    const isNew = (await anvil.rpc.call('eth_getCode', [RAFFLE_ADDRESS, 'latest'])) === '0x'
    if (isNew) await deployContracts(anvil.rpc, TERMS)
    this.#local = await LocalChain.on(anvil, this.context, this.#settings)
    anvil.child.once('exit', (code) => this.#ended(code))
  }

  #ended(code: number | null): void {
    if (this.#stopping) return
    this.#problem = `anvil ended with code ${code}. Start the sandbox again.`
    console.error(this.#problem)
    void this.#local?.stop()
    this.#local = undefined
    this.context.live.emit({ type: 'services' })
  }
}
