import { inject } from '@adonisjs/core'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { broadcastSnapshot } from '#broadcasts/content/snapshot'
import Broadcast from '#broadcasts/models/broadcast'

/** Removes a draft and its texts; the audit log keeps what it said. Refuses with `broadcast_not_found` or `wrong_status`. */
@inject()
export class DeleteDraft {
  constructor(private audit: Audit) {}

  async handle({ broadcastId, actor }: { broadcastId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const broadcast = await Broadcast.query({ client: trx }).where('id', broadcastId).forUpdate().first()
      if (!broadcast) return refuse('broadcast_not_found')
      if (broadcast.status !== 'draft') return refuse('wrong_status', { status: broadcast.status })

      await this.audit.record(trx, {
        actor,
        action: 'broadcast.deleted',
        subjectType: 'broadcast',
        subjectId: broadcast.id,
        before: await broadcastSnapshot(trx, broadcast),
      })
      await broadcast.delete()
      return ok()
    })
  }
}
