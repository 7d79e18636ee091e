import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { Cursor } from '#chain/listener/cursor'
import { forgetBlocksAbove } from '#chain/listener/recording/blocks'
import { STOPPED_ALERT } from '#chain/listener/recording/stop_listening'
import { Clock } from '#core/clock'
import { Alerts } from '#core/contracts/alerts'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse, type Result } from '#core/result'

/**
 * Lets the listener read again from a block on, and go on after it had stopped. What is known already changes nothing:
 * effects happen once. Refuses `block_not_found` for one that is not reached yet, and `block_before_start` for one before
 * the first that was ever to be read.
 */
@inject()
export class RewindListener {
  constructor(
    private chain: Chain,
    private cursors: Cursor,
    private clock: Clock,
    private audit: Audit,
    private alerts: Alerts
  ) {}

  async run({ block, actor }: { block: number; actor: Actor }): Promise<Result<void>> {
    const { id } = await this.cursors.open()
    const { chainId, startBlock } = this.chain.required
    return transaction(async (trx) => {
      const cursor = await this.cursors.lock(trx)
      const before = { block: cursor.blockNumber, confirmed: cursor.confirmedBlock, stopped: cursor.stopped }
      const next = cursor.blockNumber + 1
      if (!Number.isSafeInteger(block) || block > next) return refuse('block_not_found')
      const lowest = Math.min(startBlock ?? 0, next)
      if (block < lowest) return refuse('block_before_start', { block: lowest })
      await forgetBlocksAbove(trx, chainId, -1)
      const confirmedBlock = Math.min(cursor.confirmedBlock, block - 1)
      await cursor.merge({ blockNumber: block - 1, confirmedBlock, stopped: null, updatedAt: this.clock.now() }).save()
      await this.audit.record(trx, {
        actor,
        action: 'chain.rewound',
        subjectType: 'chain_cursor',
        subjectId: id,
        before,
        after: { block: block - 1, confirmed: confirmedBlock, stopped: null },
      })
      trx.after('commit', () => void this.alerts.resolve(STOPPED_ALERT))
      return ok()
    })
  }
}
