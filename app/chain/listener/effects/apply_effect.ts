import { inject } from '@adonisjs/core'
import { EventEffects } from '#chain/listener/event_effects'
import { FinishedOperations } from '#chain/listener/effects/finished_operations'
import type ChainEvent from '#chain/models/chain_event'
import { Clock } from '#core/clock'
import { affectedRows, rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'

const CONFIRM = `UPDATE chain_events SET status = 'confirmed', confirmed_at = ?, problem = NULL WHERE id = ? AND status = 'seen'`

const CLAIM = `INSERT INTO chain_effects (chain_id, tx_hash, ordinal, event_id, created_at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (chain_id, tx_hash, ordinal) DO NOTHING RETURNING id`

/** Lets an event that stays have its effect, in the caller's transaction: once, whichever block it ended up in. */
@inject()
export class ApplyEffect {
  constructor(
    private effects: EventEffects,
    private operations: FinishedOperations,
    private clock: Clock
  ) {}

  /** `event` may have been read before the transaction. @throws what an effect throws. */
  async run(trx: Trx, event: ChainEvent): Promise<void> {
    const now = this.clock.now()
    if (affectedRows(await trx.rawQuery(CONFIRM, [now, event.id])) === 0) return
    event.merge({ status: 'confirmed', confirmedAt: now, problem: null })
    const claim = await trx.rawQuery(CLAIM, [event.chainId, event.txHash, event.ordinal, event.id, now])
    if (rowsOf(claim).length === 1) {
      for (const effect of this.effects.of(event.name)) await effect.confirmed(trx, event)
    }
    await this.operations.finish(trx, event)
  }
}
