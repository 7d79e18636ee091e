import { inject } from '@adonisjs/core'
import { rowsOf } from '#core/database/dialect'
import { transaction } from '#core/database/transaction'
import { SWEEP_SIZE } from '#broadcasts/fan_out/batch'
import { variantOf } from '#broadcasts/fan_out/variant_split'
import Broadcast from '#broadcasts/models/broadcast'
import { count, counterVersion } from '#broadcasts/outcomes/counters'

interface SweptRow {
  customer_id: number | null
  operation: 'send' | 'edit' | 'delete'
  broadcast_version: number | null
}

/**
 * Marks waiting rows of a cancelled broadcast, some at a time: the sender no longer looks at them, people who read the
 * outbox do. Answers how many it marked.
 */
@inject()
export class SweepCancelledBatch {
  async handle(broadcastId: number): Promise<number> {
    return transaction(async (trx) => {
      const broadcast = await Broadcast.query({ client: trx }).where('id', broadcastId).forUpdate().first()
      if (broadcast?.status !== 'cancelled') return 0

      const rows = rowsOf<SweptRow>(
        await trx.rawQuery(
          `UPDATE notifications SET status = 'CANCELLED', reason = 'broadcast_cancelled'
           WHERE status IN ('PENDING', 'FAILED') AND id IN (
             SELECT id FROM notifications WHERE broadcast_id = ? AND status IN ('PENDING', 'FAILED') LIMIT ?)
           RETURNING customer_id, operation, broadcast_version`,
          [broadcastId, SWEEP_SIZE]
        )
      )
      await count(
        trx,
        rows.map(({ operation, broadcast_version: version, customer_id: customerId }) => ({
          broadcastId,
          operation,
          version: counterVersion(operation, version),
          variant: variantOf(broadcast, customerId),
          cancelled: 1,
        }))
      )
      return rows.length
    })
  }
}
