import { inject } from '@adonisjs/core'
import i18nManager from '@adonisjs/i18n/services/main'
import { Clock } from '#core/clock'
import type { ApprovalHandler, PendingApproval } from '#core/contracts/approvals'
import { Audit, SYSTEM_ACTOR, type Actor } from '#core/contracts/audit'
import { SegmentSource } from '#core/contracts/segment_source'
import type { Trx } from '#core/database/transaction'
import { ok, refuse } from '#core/result'
import { checkAudience } from '#broadcasts/audience'
import { hasRecipients } from '#broadcasts/audience/has_recipients'
import { Readiness } from '#broadcasts/content/readiness'
import Broadcast from '#broadcasts/models/broadcast'
import { refuseProblems } from '#broadcasts/problems'
import { instantOf } from '#broadcasts/schedule/wall_clock'

export const SCHEDULE_APPROVAL = 'broadcast.schedule'

/** How long a request waits for a second admin when no moment sets its end. */
export const APPROVAL_LIFE_MS = 7 * 24 * 60 * 60 * 1000

/** A second admin agrees to a broadcast: every rule is checked again, then it is scheduled. */
@inject()
export class ScheduleApproval implements ApprovalHandler {
  readonly action = SCHEDULE_APPROVAL
  readonly permission = 'broadcasts.send'

  constructor(
    private clock: Clock,
    private audit: Audit,
    private segments: SegmentSource,
    private readiness: Readiness
  ) {}

  async describe(approval: PendingApproval) {
    const broadcast = await Broadcast.findOrFail(Number(approval.subjectId))
    return {
      title: broadcast.title,
      facts: [
        { label: words('audience'), value: audienceInWords(broadcast) },
        { label: words('time'), value: timeInWords(broadcast, approval) },
      ],
      link: { route: 'admin.broadcasts.show', params: [broadcast.reference] },
    }
  }

  /** What customers outgrow while it waits. Refuses with `problems`, `content_missing` or `too_long_after_filling`. */
  async check(approval: PendingApproval) {
    const broadcast = await Broadcast.find(Number(approval.subjectId))
    if (broadcast?.revision !== approval.payload.revision) return ok()
    return (await this.readiness.fault(broadcast!)) ?? ok()
  }

  rejected(trx: Trx, approval: PendingApproval, actor: Actor) {
    return this.#backToDraft(trx, approval, actor)
  }

  expired(trx: Trx, approval: PendingApproval) {
    return this.#backToDraft(trx, approval, SYSTEM_ACTOR)
  }

  /** Refuses with `broadcast_not_found`, `wrong_status`, `stale`, `past_date`, `problems` or `empty_audience`. */
  async execute(trx: Trx, approval: PendingApproval, approver: Actor) {
    const now = this.clock.now()
    const broadcast = await Broadcast.query({ client: trx }).where('id', approval.subjectId).forUpdate().first()
    if (!broadcast) return refuse('broadcast_not_found')
    if (broadcast.status !== 'awaiting_approval') return refuse('wrong_status', { status: broadcast.status })
    if (broadcast.revision !== approval.payload.revision) return refuse('stale')
    if (!approval.payload.immediately && chosenTime(broadcast) < now) return refuse('past_date')
    const problems = checkAudience(broadcast.audience, this.segments)
    if (problems.length) return refuseProblems(problems)
    if (!(await hasRecipients(trx, broadcast, this.segments, now))) return refuse('empty_audience')

    const scheduledAt = approval.payload.immediately ? now : broadcast.scheduledAt
    await broadcast.merge({ status: 'scheduled', scheduledAt, approvedBy: approver.id, updatedAt: now }).save()
    await this.audit.record(trx, {
      actor: approver,
      action: 'broadcast.scheduled',
      subjectType: 'broadcast',
      subjectId: broadcast.id,
      before: { status: 'awaiting_approval' },
      after: { status: 'scheduled', requestedBy: approval.requestedBy },
    })
    return ok(broadcast)
  }

  async #backToDraft(trx: Trx, approval: PendingApproval, actor: Actor) {
    const broadcast = await Broadcast.query({ client: trx }).where('id', approval.subjectId).forUpdate().first()
    if (broadcast?.status !== 'awaiting_approval') return
    await broadcast.merge({ status: 'draft', updatedAt: this.clock.now() }).save()
    await this.audit.record(trx, {
      actor,
      action: 'broadcast.unscheduled',
      subjectType: 'broadcast',
      subjectId: broadcast.id,
      before: { status: 'awaiting_approval' },
      after: { status: 'draft', approval: approval.id },
    })
  }
}

/** The time the admin chose, on a clock of the admin's zone. */
export const chosenTime = ({ scheduledLocal, scheduleZone }: Broadcast) => instantOf(scheduledLocal!, scheduleZone!)!

function audienceInWords({ audience }: Broadcast) {
  if (audience.kind === 'customer') return words('customer', { id: String(audience.customerId) })
  return audience.kind === 'all' ? words('all') : words('segment', { count: audience.conditions.length })
}

function timeInWords(broadcast: Broadcast, approval: PendingApproval) {
  if (approval.payload.immediately) return words('immediately')
  const time = broadcast.scheduledLocal!.replace('T', ' ')
  return words(broadcast.scheduleMode === 'local' ? 'local' : 'moment', { time, zone: broadcast.scheduleZone! })
}

const words = (key: string, params?: Record<string, string | number>) =>
  i18nManager.locale(i18nManager.defaultLocale).t(`panel.broadcasts.approval.${key}`, params)
