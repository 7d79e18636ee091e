import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { copyBroadcast } from '#broadcasts/lifecycle/copy_broadcast'
import Broadcast from '#broadcasts/models/broadcast'

/** A new draft with the same content, audience and rules. Refuses with `broadcast_not_found`. */
@inject()
export class DuplicateBroadcast {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle({ broadcastId, actor }: { broadcastId: number; actor: Actor }) {
    return transaction(async (trx) => {
      const source = await Broadcast.query({ client: trx }).where('id', broadcastId).first()
      if (!source) return refuse('broadcast_not_found')

      const copy = await copyBroadcast(trx, source, {
        status: 'draft',
        recurrence: 'none',
        createdBy: actor.type === 'admin' ? actor.id : null,
        now: this.clock.now(),
      })
      await this.audit.record(trx, {
        actor,
        action: 'broadcast.duplicated',
        subjectType: 'broadcast',
        subjectId: copy.id,
        after: { from: source.reference, title: copy.title },
      })
      return ok(copy)
    })
  }
}
