import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { hasOpenRows } from '#broadcasts/lifecycle/runs'
import Broadcast from '#broadcasts/models/broadcast'

/** Closes a broadcast of which nothing is left to send. Refuses with `not_done`. */
@inject()
export class CompleteBroadcast {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle(broadcastId: number) {
    return transaction(async (trx) => {
      const broadcast = await Broadcast.query({ client: trx }).where('id', broadcastId).forUpdate().first()
      const isThrough = broadcast?.status === 'sending' && broadcast.fannedOutAt !== null && !broadcast.awaitsWinner
      if (!isThrough || (await hasOpenRows(trx, broadcastId))) return refuse('not_done')

      const now = this.clock.now()
      await broadcast.merge({ status: 'completed', completedAt: now, updatedAt: now }).save()
      if (broadcast.testOf === null) {
        await this.audit.record(trx, {
          actor: SYSTEM_ACTOR,
          action: 'broadcast.completed',
          subjectType: 'broadcast',
          subjectId: broadcast.id,
          before: { status: 'sending' },
          after: { status: 'completed', run: broadcast.run },
        })
      }
      return ok(broadcast)
    })
  }
}
