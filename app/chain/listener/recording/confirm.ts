import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { Cursor } from '#chain/listener/cursor'
import { forgetBlocksBelow } from '#chain/listener/recording/blocks'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'

/** Everything up to a block has taken effect: headers below it are of no more use. */
@inject()
export class Confirm {
  constructor(
    private chain: Chain,
    private cursors: Cursor,
    private clock: Clock
  ) {}

  /** False when the cursor has gone back meanwhile. */
  run(block: number): Promise<boolean> {
    return transaction(async (trx) => {
      const cursor = await this.cursors.lock(trx)
      if (cursor.blockNumber < block || cursor.stopped !== null) return false
      await cursor.merge({ confirmedBlock: Math.max(cursor.confirmedBlock, block), updatedAt: this.clock.now() }).save()
      await forgetBlocksBelow(trx, this.chain.required.chainId, cursor.confirmedBlock)
      return true
    })
  }
}
