import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { Cursor } from '#chain/listener/cursor'
import { forgetBlocksAbove } from '#chain/listener/recording/blocks'
import { GentleEffects } from '#chain/listener/recording/gentle_effects'
import ChainEvent from '#chain/models/chain_event'
import { Clock } from '#core/clock'
import { transaction, type Trx } from '#core/database/transaction'

/** `moved`: somebody else has moved the cursor; `too_deep`: an effect of what is gone has happened. */
export type Undone = 'undone' | 'moved' | 'too_deep'

/** Takes back what was recorded of blocks that another branch of the chain has replaced. */
@inject()
export class UndoBlocks {
  constructor(
    private chain: Chain,
    private cursors: Cursor,
    private gentle: GentleEffects,
    private clock: Clock
  ) {}

  /** `ancestor` is the last block that both branches have; `from` is where the cursor stood. */
  run(from: number, ancestor: number): Promise<Undone> {
    const { chainId } = this.chain.required
    return transaction(async (trx) => {
      const cursor = await this.cursors.lock(trx)
      if (cursor.blockNumber !== from) return 'moved'
      if (ancestor < cursor.confirmedBlock || (await this.#hasEffectsAbove(trx, ancestor))) return 'too_deep'
      const events = await this.#above(trx, 'seen', ancestor).orderBy(['blockNumber', 'logIndex'])
      await trx
        .from('chain_events')
        .where({ chain_id: chainId, status: 'seen' })
        .where('block_number', '>', ancestor)
        .update({ status: 'orphaned', problem: null })
      await this.gentle.orphaned(
        trx,
        events.map((event) => event.merge({ status: 'orphaned' }))
      )
      await forgetBlocksAbove(trx, chainId, ancestor)
      await cursor.merge({ blockNumber: ancestor, updatedAt: this.clock.now() }).save()
      return 'undone'
    })
  }

  async #hasEffectsAbove(trx: Trx, block: number) {
    return (await this.#above(trx, 'confirmed', block).first()) !== null
  }

  #above(trx: Trx, status: string, block: number) {
    const { chainId } = this.chain.required
    return ChainEvent.query({ client: trx }).where({ chainId, status }).where('blockNumber', '>', block)
  }
}
