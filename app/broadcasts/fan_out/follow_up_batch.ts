import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { affectedRows, rowsOf } from '#core/database/dialect'
import type { Trx } from '#core/database/transaction'
import { PRIORITIES } from '#notifications/outbox/priorities'
import { literal } from '#broadcasts/audience/sql'
import type { IdRange } from '#broadcasts/audience/audience_query'
import { sentMessagesSql } from '#broadcasts/fan_out/sent_messages'
import { variantSql } from '#broadcasts/fan_out/variant_split'
import type Broadcast from '#broadcasts/models/broadcast'
import type { CounterDelta } from '#broadcasts/outcomes/counters'
import type { Variant } from '#broadcasts/values'

/** Writes a row that edits or deletes each message which arrived, in one range of row ids. */
@inject()
export class FollowUpBatch {
  constructor(private clock: Clock) {}

  async write(trx: Trx, broadcast: Broadcast, { after, until }: IdRange): Promise<CounterDelta[]> {
    const operation = broadcast.run as 'edit' | 'delete'
    const now = this.clock.now()
    const messages = `${sentMessagesSql(operation, now)} AND notifications.id > ? AND notifications.id <= ?`
    const bindings = [broadcast.id, after, until]

    const variants = broadcast.isTest
      ? rowsOf<{ variant: Variant; total: number }>(
          await trx.rawQuery(
            `SELECT ${variantSql(broadcast, 'customer_id')} AS variant, COUNT(*) AS total ${messages} GROUP BY 1`,
            bindings
          )
        )
      : []
    const result = await trx.rawQuery(
      `INSERT INTO notifications (type, status, operation, priority, chat_id, customer_id, broadcast_id,
         broadcast_version, target_message_id, attempts, scheduled_at, created_at)
       SELECT 'BROADCAST', 'PENDING', '${operation}', ${PRIORITIES.BROADCAST}, chat_id, customer_id, broadcast_id,
         ${literal(broadcast.version)}, telegram_message_id, 0, ${literal(now)}, ${literal(now)}
       ${messages} ORDER BY id`,
      bindings
    )
    const written = broadcast.isTest ? variants : [{ variant: 'A' as const, total: affectedRows(result) }]
    const { id: broadcastId, version } = broadcast
    return written.map(({ variant, total }) => ({ broadcastId, operation, version, variant, written: Number(total) }))
  }
}
