import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { Approvals } from '#core/contracts/approvals'
import type { Actor } from '#core/contracts/audit'
import { SegmentSource } from '#core/contracts/segment_source'
import { Settings } from '#core/contracts/settings'
import type { Trx } from '#core/database/transaction'
import { refuse } from '#core/result'
import { hasRecipients } from '#broadcasts/audience/has_recipients'
import { Readiness } from '#broadcasts/content/readiness'
import type { ScheduleInput } from '#broadcasts/input'
import { APPROVAL_LIFE_MS, chosenTime, SCHEDULE_APPROVAL } from '#broadcasts/lifecycle/approval'
import { Lifecycle } from '#broadcasts/lifecycle/lifecycle'
import Broadcast from '#broadcasts/models/broadcast'
import { planSchedule } from '#broadcasts/schedule/plan'
import { approvalRequired } from '#broadcasts/settings'

export interface ScheduleBroadcastInput {
  broadcastId: number
  /** What the admin has seen of it; `stale` when it was changed since. Absent: whatever it is now. */
  revision?: number
  when: ScheduleInput
  actor: Actor
}

/**
 * Sets the time of a draft, which from now on can't be edited; with `broadcasts.approval_required` a second admin has
 * to agree first. Refuses with `broadcast_not_found`, `wrong_status`, `problems`, `content_missing`,
 * `too_long_after_filling`, `empty_audience`, `bad_date`, `bad_zone`, `past_date` or `stale`.
 */
@inject()
export class ScheduleBroadcast {
  constructor(
    private clock: Clock,
    private settings: Settings,
    private segments: SegmentSource,
    private approvals: Approvals,
    private readiness: Readiness,
    private lifecycle: Lifecycle
  ) {}

  async handle({ broadcastId, revision, when, actor }: ScheduleBroadcastInput) {
    const draft = await Broadcast.find(broadcastId)
    if (!draft) return refuse('broadcast_not_found')
    if (draft.status === 'draft' && revision !== undefined && draft.revision !== revision) return refuse('stale')
    const fault = await this.readiness.fault(draft)
    if (fault) return fault

    return this.lifecycle.step({
      broadcastId,
      actor,
      from: ['draft'],
      action: 'broadcast.scheduled',
      change: async (trx, broadcast, now) => {
        if (broadcast.revision !== draft.revision) return refuse('stale')
        const planned = planSchedule(when, now)
        if (!planned.ok) return refuse(planned.code)
        if (!(await hasRecipients(trx, broadcast, this.segments, now))) return refuse('empty_audience')

        const needsApproval = actor.type === 'admin' && (await this.settings.getIn(trx, approvalRequired))
        const status = needsApproval ? 'awaiting_approval' : 'scheduled'
        await broadcast.merge({ ...planned.plan, status, updatedAt: now }).save()
        if (needsApproval) await this.#askForApproval(trx, broadcast, when, actor)
      },
    })
  }

  async #askForApproval(trx: Trx, broadcast: Broadcast, when: ScheduleInput, actor: Actor) {
    const now = this.clock.now()
    await this.approvals.request(trx, {
      action: SCHEDULE_APPROVAL,
      subjectType: 'broadcast',
      subjectId: broadcast.id,
      payload: { revision: broadcast.revision, immediately: when.mode === 'now' },
      requestedBy: actor.id!,
      expiresAt: when.mode === 'now' ? now + APPROVAL_LIFE_MS : chosenTime(broadcast),
    })
  }
}
