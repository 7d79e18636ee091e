import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { Chain } from '#chain/chain_config'
import { withdrawalsEnabled } from '#chain/settings'
import { Withdrawals } from '#chain/withdrawals/withdrawals'
import { Settings } from '#core/contracts/settings'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'

const BATCH = 50

/**
 * Hands withdrawals to the sender whose wallet had something else to do, the oldest of each wallet first. While
 * withdrawals are switched off they wait.
 */
@inject()
export class StartWithdrawals implements Tick {
  readonly name = 'chain.start_withdrawals'
  readonly everyMs = 5_000

  constructor(
    private chain: Chain,
    private settings: Settings,
    private withdrawals: Withdrawals
  ) {}

  async run(signal: AbortSignal) {
    if (!this.chain.config) return
    for (const id of await this.#ready()) {
      if (signal.aborted) return
      await transaction(async (trx) => {
        if (!(await this.settings.getIn(trx, withdrawalsEnabled))) return
        const withdrawal = await this.withdrawals.lock(trx, id)
        if (withdrawal?.status === 'waiting') await this.withdrawals.start(trx, withdrawal)
      })
    }
  }

  async #ready(): Promise<number[]> {
    const busy = db.from('chain_operations').whereNull('finished_at').select('wallet_id')
    const rows = await db
      .from('chain_withdrawals')
      .where('status', 'waiting')
      .whereNotIn('wallet_id', busy)
      .groupBy('wallet_id')
      .min('id as id')
      .orderBy('id')
      .limit(BATCH)
    return rows.map(({ id }) => Number(id))
  }
}
