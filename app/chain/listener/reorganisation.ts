import { inject } from '@adonisjs/core'
import { Logger } from '@adonisjs/core/logger'
import { Chain } from '#chain/chain_config'
import { reorganisations } from '#chain/listener/metrics'
import { keptBlock, keptBlocks } from '#chain/listener/recording/blocks'
import { StopListening } from '#chain/listener/recording/stop_listening'
import { UndoBlocks } from '#chain/listener/recording/undo_blocks'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ChainUnavailable } from '#chain/rpc/rpc_errors'
import db from '@adonisjs/lucid/services/db'

/** So often a node must say that final blocks are gone before it is believed. */
const STRIKES = 3

/** Notices that blocks were replaced, and takes back what was recorded of them. */
@inject()
export class Reorganisation {
  #strikes = 0

  constructor(
    private readonly chain: Chain,
    private readonly rpc: ChainRpc,
    private readonly undo: UndoBlocks,
    private readonly stop: StopListening,
    private readonly logger: Logger
  ) {}

  /** Whether the block at the cursor is gone. A lower head alone is a node that lags. */
  async hasHappened(at: number, head: number): Promise<boolean> {
    const kept = await keptBlock(db, this.chain.required.chainId, Math.min(at, head))
    if (!kept || (await this.#isThere(kept))) {
      this.#strikes = 0
      return false
    }
    return true
  }

  /** Back to the last block that both branches have. @throws ChainUnavailable when that can't be believed yet. */
  async repair(at: number, head: number) {
    const ancestor = await this.#ancestor(Math.min(at, head))
    const outcome = ancestor === null ? 'too_deep' : await this.undo.run(at, ancestor)
    if (outcome === 'too_deep') return this.#tooDeep(at)
    this.#strikes = 0
    if (outcome === 'moved') return
    reorganisations.inc()
    this.logger.warn({ from: at, ancestor }, 'Blocks of the chain were replaced; what they said is taken back')
  }

  async #ancestor(top: number): Promise<number | null> {
    for (const kept of await keptBlocks(this.chain.required.chainId, top)) {
      if (await this.#isThere(kept)) return kept.number
    }
    return null
  }

  async #isThere({ number, hash }: { number: number; hash: string }) {
    const block = await this.rpc.block(number)
    if (!block) throw new ChainUnavailable(`No node has the block ${number}`)
    return block.hash === hash
  }

  async #tooDeep(at: number) {
    if (++this.#strikes < STRIKES) throw new ChainUnavailable('Final blocks are said to be replaced: asking again')
    this.#strikes = 0
    await this.stop.run(at)
  }
}
