import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { rowsOf } from '#core/database/dialect'
import { transaction, type Trx } from '#core/database/transaction'
import { BroadcastContent, type BroadcastOutcome } from '#core/contracts/broadcast_content'

const WORKER_DIED = 'worker_died'

/**
 * What a dead worker left behind. Called by the new holder of the sender's lease: everything that others claimed is
 * free. A broadcast message that may have gone out becomes UNKNOWN; anything else is taken again, since a
 * transactional message must arrive, and not having been told of its outcome costs it no attempt.
 */
@inject()
export class Recovery {
  constructor(
    private readonly clock: Clock,
    private readonly broadcasts: BroadcastContent
  ) {}

  async recover(claimant: string): Promise<{ again: number; unknown: number }> {
    return transaction(async (trx) => {
      const unknown = await this.#giveUp(trx, claimant)
      if (unknown.length > 0) await this.broadcasts.record(trx, unknown)
      return { unknown: unknown.length, again: await this.#takeAgain(trx, claimant) }
    })
  }

  async #giveUp(trx: Trx, claimant: string): Promise<BroadcastOutcome[]> {
    const result = await trx.rawQuery(
      `UPDATE notifications SET status = 'UNKNOWN', reason = '${WORKER_DIED}', error = ?
       WHERE status = 'PROCESSING' AND claimed_by <> ? AND attempted_at IS NOT NULL
         AND broadcast_id IS NOT NULL AND operation = 'send'
       RETURNING id, broadcast_id, broadcast_version, customer_id, error`,
      ['The worker ended before Telegram answered: it may have arrived', claimant]
    )
    return rowsOf(result).map((row) => ({
      rowId: row.id,
      broadcastId: row.broadcast_id,
      broadcastVersion: row.broadcast_version,
      customerId: row.customer_id,
      operation: 'send',
      status: 'UNKNOWN',
      error: row.error,
      reason: WORKER_DIED,
      at: this.clock.now(),
    }))
  }

  async #takeAgain(trx: Trx, claimant: string) {
    const result = await trx.rawQuery(
      `UPDATE notifications SET
         status = CASE WHEN attempts > (CASE WHEN attempted_at IS NULL THEN 0 ELSE 1 END) THEN 'FAILED' ELSE 'PENDING' END,
         attempts = attempts - (CASE WHEN attempted_at IS NULL THEN 0 ELSE 1 END),
         reason = CASE WHEN attempted_at IS NULL THEN reason ELSE '${WORKER_DIED}' END, attempted_at = NULL
       WHERE status = 'PROCESSING' AND claimed_by <> ? RETURNING id`,
      [claimant]
    )
    return rowsOf(result).length
  }
}
