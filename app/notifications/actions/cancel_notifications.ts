import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { BroadcastContent, type BroadcastOutcome } from '#core/contracts/broadcast_content'
import { transaction } from '#core/database/transaction'
import Notification, { type NotificationStatus } from '#notifications/models/notification'

/** What has not left yet. What the sender holds at the moment can't be called back. */
export const CANCELLABLE: readonly NotificationStatus[] = ['PENDING', 'FAILED']

const BY_ADMIN = 'cancelled_by_admin'

/** Takes messages out of the outbox before they leave. Returns how many. */
@inject()
export class CancelNotifications {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private broadcasts: BroadcastContent
  ) {}

  async handle({ ids, actor }: { ids: number[]; actor: Actor }): Promise<number> {
    return transaction(async (trx) => {
      const messages = await Notification.query({ client: trx })
        .whereIn('id', ids)
        .whereIn('status', [...CANCELLABLE])
        .forUpdate()
      await Notification.query({ client: trx })
        .whereIn(
          'id',
          messages.map(({ id }) => id)
        )
        .update({ status: 'CANCELLED', reason: BY_ADMIN })

      const outcomes = messages.filter(({ broadcastId }) => broadcastId !== null).map((row) => this.#outcomeOf(row))
      if (outcomes.length > 0) await this.broadcasts.record(trx, outcomes)
      for (const { id, status } of messages) {
        await this.audit.record(trx, {
          actor,
          action: 'notification.cancelled',
          subjectType: 'notification',
          subjectId: id,
          before: { status },
          after: { status: 'CANCELLED' },
        })
      }
      return messages.length
    })
  }

  #outcomeOf({ id, broadcastId, broadcastVersion, customerId, operation, error }: Notification): BroadcastOutcome {
    const ended = { status: 'CANCELLED', error, reason: BY_ADMIN, at: this.clock.now() } as const
    return { rowId: id, broadcastId: broadcastId!, broadcastVersion, customerId, operation, ...ended }
  }
}
