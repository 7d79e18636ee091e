import { inject } from '@adonisjs/core'
import { Chain } from '#chain/chain_config'
import { Cursor } from '#chain/listener/cursor'
import { PauseWithdrawals, WITHDRAWALS_PAUSED } from '#chain/withdrawals/pause_withdrawals'
import { Alerts } from '#core/contracts/alerts'
import { Clock } from '#core/clock'
import { transaction } from '#core/database/transaction'

export const STOPPED_ALERT = 'chain:stopped'

/** What is confirmed was replaced: nothing is done, and nothing withdrawn, until a person has looked. */
@inject()
export class StopListening {
  constructor(
    private chain: Chain,
    private cursors: Cursor,
    private pause: PauseWithdrawals,
    private alerts: Alerts,
    private clock: Clock
  ) {}

  /** `at` is where the cursor stood. */
  run(at: number): Promise<void> {
    const { confirmations } = this.chain.required
    return transaction(async (trx) => {
      const cursor = await this.cursors.lock(trx)
      if (cursor.blockNumber !== at || cursor.stopped !== null) return
      const stopped = `Blocks were replaced below ${cursor.confirmedBlock}, which had ${confirmations} confirmations`
      await cursor.merge({ stopped, updatedAt: this.clock.now() }).save()
      await this.pause.run(trx, 'reorganisation')
      await this.alerts.raiseIn(trx, {
        kind: 'chain',
        severity: 'critical',
        fingerprint: STOPPED_ALERT,
        title: 'The chain is not followed any more: confirmed blocks were replaced',
        details: {
          cursor: at,
          confirmed: cursor.confirmedBlock,
          withdrawals: WITHDRAWALS_PAUSED,
          next: 'See that the nodes are on the right chain, run chain:reconcile, then chain:listen --from-block=<before the fork>',
        },
      })
    })
  }
}
