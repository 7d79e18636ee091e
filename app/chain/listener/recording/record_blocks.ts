import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { Cursor } from '#chain/listener/cursor'
import type { FollowedEvent } from '#chain/listener/followed_event'
import type { WatchedWallets } from '#chain/listener/reading/watched_wallets'
import { keepBlocks, keptBlock } from '#chain/listener/recording/blocks'
import { GentleEffects } from '#chain/listener/recording/gentle_effects'
import { storeEvents } from '#chain/listener/recording/store_events'
import type { ChainBlock } from '#chain/rpc/chain_facts'
import { Clock } from '#core/clock'
import { transaction, type Trx } from '#core/database/transaction'

export interface ReadBlocks {
  from: number
  to: number
  /** Of these blocks, in the order of the chain. */
  events: readonly FollowedEvent[]
  /** Of those that may be replaced. */
  headers: readonly ChainBlock[]
  /** How many wallets were known when the events were read. */
  wallets: number
}

/**
 * `moved`: the cursor is not where these blocks begin, or the chain there is another one; `wallets_changed`: the blocks
 * may tell of a wallet that was made while they were read. Nothing is written then.
 */
export type Recorded = 'recorded' | 'moved' | 'wallets_changed'

/** Writes what was read, and that it was read, in one transaction. */
@inject()
export class RecordBlocks {
  constructor(
    private chain: Chain,
    private cursors: Cursor,
    private gentle: GentleEffects,
    private clock: Clock
  ) {}

  run(read: ReadBlocks, wallets: WatchedWallets, head: number): Promise<Recorded> {
    const { chainId, confirmations } = this.chain.required
    return transaction(async (trx) => {
      const cursor = await this.cursors.lock(trx)
      const isNext = cursor.blockNumber === read.from - 1 && cursor.stopped === null
      if (!isNext || !(await this.#follows(trx, read.headers))) return 'moved'
      await wallets.refresh(trx)
      if (wallets.hasNew(read.wallets, read.to + confirmations)) return 'wallets_changed'
      const now = this.clock.now()
      const stored = await this.#store(trx, read, now)
      await keepBlocks(trx, chainId, read.headers)
      await cursor.merge({ blockNumber: read.to, head: Math.max(head, read.to), updatedAt: now }).save()
      await this.gentle.seen(trx, stored)
      return 'recorded'
    })
  }

  #store(trx: Trx, { events }: ReadBlocks, now: number) {
    const { chainId } = this.chain.required
    return storeEvents(trx, { chainId, events, now, isShown: (name) => this.gentle.isShown(name) })
  }

  async #follows(trx: Trx, [first]: readonly ChainBlock[]) {
    const before = first && (await keptBlock(trx, this.chain.required.chainId, first.number - 1))
    return !before || before.hash === first.parentHash
  }
}
