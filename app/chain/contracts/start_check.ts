import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { parseAddress } from '#chain/addresses'
import { Chain, ChainMisconfigured } from '#chain/chain_config'
import { RaffleContract } from '#chain/contracts/raffle'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable, WrongChain } from '#chain/rpc/rpc_errors'

const AGAIN_MS = 10_000

/** Asked before anything is read from the chain or sent to it. */
@inject()
export class ChainStartCheck {
  constructor(
    private chain: Chain,
    private rpc: ChainRpc,
    private raffle: RaffleContract,
    private logger: Logger
  ) {}

  /**
   * Nodes that don't answer are no reason: that passes.
   *
   * @throws ChainMisconfigured, or WrongChain when the nodes serve another chain.
   */
  async run(): Promise<void> {
    await this.#addresses()
    await this.#abi()
    try {
      await this.#contracts()
    } catch (error) {
      if (!(error instanceof ChainUnavailable) || error instanceof WrongChain) throw error
      this.logger.warn({ err: error }, 'No node of the chain answers yet: the contracts are not checked')
    }
  }

  /** Waits until somebody has repaired what does not fit; the listener tells of it. */
  async untilItFits(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        return await this.run()
      } catch (error) {
        if (!(error instanceof ChainMisconfigured || error instanceof WrongChain)) throw error
        await sleep(AGAIN_MS, undefined, { signal }).catch(() => {})
      }
    }
  }

  async #addresses() {
    for (const [name, address] of this.#named) {
      const parsed = await parseAddress(address)
      if (!parsed.ok) throw new ChainMisconfigured(`${name} is mistyped: the case of its letters does not fit (EIP-55)`)
    }
  }

  async #abi() {
    const missing = await this.raffle.missing()
    if (missing.length === 0) return
    throw new ChainMisconfigured(`The raffle's ABI (CHAIN_RAFFLE_ABI) lacks ${missing.join(', ')}`)
  }

  async #contracts() {
    for (const [name, address] of this.#named) {
      const code = await this.rpc.code(address)
      if (code !== '0x') continue
      throw new ChainMisconfigured(`${name} is no contract on the chain ${this.chain.required.chainId}`)
    }
  }

  get #named() {
    const { usdt, raffle } = this.chain.required
    return [
      ['CHAIN_USDT_ADDRESS', usdt],
      ['CHAIN_RAFFLE_ADDRESS', raffle],
    ] as const
  }
}
