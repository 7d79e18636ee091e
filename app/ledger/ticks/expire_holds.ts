import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { SYSTEM_ACTOR } from '#core/contracts/audit'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import { Holds } from '#ledger/holds/holds'
import LedgerHold from '#ledger/models/ledger_hold'

const BATCH = 100

/** Gives back what was reserved and never used. */
@inject()
export class ExpireHolds implements Tick {
  readonly name = 'ledger.expire_holds'
  readonly everyMs = 15_000

  constructor(
    private clock: Clock,
    private holds: Holds
  ) {}

  async run(signal: AbortSignal) {
    for (;;) {
      const due = await LedgerHold.query()
        .where('status', 'open')
        .whereNull('effect_started_at')
        .where('expires_at', '<=', this.clock.now())
        .orderBy('expires_at')
        .limit(BATCH)
        .select('id')
      for (const { id } of due) {
        if (signal.aborted) return
        await transaction((trx) => this.holds.expire(trx, id, SYSTEM_ACTOR))
      }
      if (due.length < BATCH) return
    }
  }
}
