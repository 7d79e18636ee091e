import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import { ok, refuse, type Refused, type Refusal } from '#core/result'
import Broadcast from '#broadcasts/models/broadcast'
import type { BroadcastStatus } from '#broadcasts/values'

export interface Transition<R extends Refused<Refusal>> {
  broadcastId: number
  actor: Actor
  /** States in which it may happen; any other is refused with `wrong_status`. */
  from: readonly BroadcastStatus[]
  /** For the audit log: `broadcast.paused`. */
  action: string
  /** What the audit log keeps of the step, beside the new status. */
  note?: Record<string, unknown>
  /** Changes the locked broadcast, or says why not. */
  change(trx: Trx, broadcast: Broadcast, now: number): Promise<R | undefined | void>
}

/** One step in the life of a broadcast: row locked, state checked, change and audit row in one transaction. */
@inject()
export class Lifecycle {
  constructor(
    private clock: Clock,
    private audit: Audit
  ) {}

  async step<R extends Refused<Refusal> = never>(transition: Transition<R>) {
    const { broadcastId, actor, from, action, note, change } = transition
    return transaction(async (trx) => {
      const broadcast = await Broadcast.query({ client: trx }).where('id', broadcastId).forUpdate().first()
      if (!broadcast) return refuse('broadcast_not_found')
      if (!from.includes(broadcast.status)) return refuse('wrong_status', { status: broadcast.status })

      const before = { status: broadcast.status }
      const refused = await change(trx, broadcast, this.clock.now())
      if (refused) return refused
      await this.audit.record(trx, {
        actor,
        action,
        subjectType: 'broadcast',
        subjectId: broadcast.id,
        before,
        after: { status: broadcast.status, ...note },
      })
      return ok(broadcast)
    })
  }
}
