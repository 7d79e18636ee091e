import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import Notification, { IS_FORGOTTEN, type NotificationStatus } from '#notifications/models/notification'

/** What may be sent again. A message that failed and waits for its next attempt leaves at once instead. */
export const RETRYABLE: readonly NotificationStatus[] = ['FAILED', 'PERMANENT_FAILURE', 'UNKNOWN', 'CANCELLED']

/**
 * Sends messages again, with all their attempts before them. Rows of broadcasts are left out: their broadcast retries
 * them, because it counts what it sent. So are those whose reader was anonymised. Returns how many will leave.
 */
@inject()
export class RetryNotifications {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ ids, actor }: { ids: number[]; actor: Actor }): Promise<number> {
    return transaction(async (trx) => {
      const messages = await Notification.query({ client: trx })
        .whereIn('id', ids)
        .whereIn('status', [...RETRYABLE])
        .whereNull('broadcast_id')
        .whereRaw(`NOT ${IS_FORGOTTEN}`)
        .forUpdate()
      const fresh = { status: 'PENDING', attempts: 0, error: null, reason: null, claimed_at: null, claimed_by: null }
      await Notification.query({ client: trx })
        .whereIn(
          'id',
          messages.map(({ id }) => id)
        )
        .update({ ...fresh, attempted_at: null, scheduled_at: this.clock.now() })
      for (const { id, status, error } of messages) {
        await this.audit.record(trx, {
          actor,
          action: 'notification.retried',
          subjectType: 'notification',
          subjectId: id,
          before: { status, error },
          after: { status: 'PENDING' },
        })
      }
      return messages.length
    })
  }
}
