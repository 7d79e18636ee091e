import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, SYSTEM_ACTOR } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { idsOf } from '#broadcasts/audience/windows'
import { copyBroadcast } from '#broadcasts/lifecycle/copy_broadcast'
import Broadcast from '#broadcasts/models/broadcast'
import { nextOccurrence } from '#broadcasts/schedule/next_occurrence'

/**
 * Begins a broadcast whose time has come, once, however many ask at once; a recurring one leaves the next of its
 * series behind. From here on its content is frozen. Refuses with `not_due`.
 */
@inject()
export class StartBroadcast {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async handle(broadcastId: number) {
    return transaction(async (trx) => {
      const now = this.clock.now()
      const broadcast = await Broadcast.query({ client: trx }).where('id', broadcastId).forUpdate().first()
      const isDue = broadcast?.status === 'scheduled' && broadcast.scheduledAt! <= now
      if (!isDue) return refuse('not_due')

      const { after, until } = await idsOf(trx, broadcast.audience)
      await broadcast
        .merge({ status: 'sending', run: 'send', runCursor: after, runEnd: until, startedAt: now, updatedAt: now })
        .save()
      const next = await this.#scheduleNext(trx, broadcast, now)
      await this.audit.record(trx, {
        actor: SYSTEM_ACTOR,
        action: 'broadcast.started',
        subjectType: 'broadcast',
        subjectId: broadcast.id,
        before: { status: 'scheduled' },
        after: { status: 'sending', next: next?.reference ?? null },
      })
      return ok(broadcast)
    })
  }

  async #scheduleNext(trx: Trx, broadcast: Broadcast, now: number) {
    const plan = nextOccurrence(broadcast, now)
    if (!plan) return null
    return copyBroadcast(trx, broadcast, {
      status: 'scheduled',
      recurrence: broadcast.recurrence,
      seriesId: broadcast.seriesId ?? broadcast.id,
      createdBy: broadcast.createdBy,
      approvedBy: broadcast.approvedBy,
      plan,
      now,
    })
  }
}
