import { inject } from '@adonisjs/core'
import { Clock } from '#core/clock'
import { ok, refuse } from '#core/result'
import { Audit, type Actor } from '#core/contracts/audit'
import { transaction, type Trx } from '#core/database/transaction'
import type { Permission } from '#staff/roles'
import Admin from '#staff/models/admin'
import Approval from '#staff/models/approval'
import { ApprovalDesk } from '#staff/approvals/approval_desk'
import { ApprovalNews } from '#staff/approvals/approval_news'

export const APPROVAL_NOTE_MAX_LENGTH = 500

/**
 * Says no, of which the requester hears, for which one needs the right to do what was asked for, or takes back one's own request. Refuses with
 * `approval_not_found`, `approval_decided`, `approval_unknown_action` or `approval_not_allowed`.
 */
@inject()
export class RejectRequest {
  constructor(
    private clock: Clock,
    private audit: Audit,
    private desk: ApprovalDesk,
    private news: ApprovalNews
  ) {}

  async handle(input: { approvalId: number; adminId: number; note: string | null; actor: Actor }) {
    const { approvalId, adminId, actor } = input
    const note = input.note?.trim().slice(0, APPROVAL_NOTE_MAX_LENGTH) || null
    const title = await this.news.titleOf(approvalId)
    return transaction(async (trx) => {
      const approval = await Approval.query({ client: trx }).where('id', approvalId).forUpdate().first()
      if (!approval) return refuse('approval_not_found')
      if (approval.status !== 'pending') return refuse('approval_decided')
      const handler = this.desk.handlerOf(approval.action)
      const isOwn = approval.requestedBy === adminId
      if (!isOwn && !handler) return refuse('approval_unknown_action')
      if (!isOwn && !(await this.#may(trx, adminId, handler!.permission))) return refuse('approval_not_allowed')

      const status = isOwn ? 'withdrawn' : 'rejected'
      await approval.merge({ status, note, decidedBy: adminId, decidedAt: this.clock.now() }).save()
      await handler?.rejected?.(trx, approval, actor)
      if (!isOwn) await this.news.tell(trx, approval, title)
      await this.audit.record(trx, {
        actor,
        action: isOwn ? 'approval.withdrawn' : 'approval.rejected',
        subjectType: approval.subjectType,
        subjectId: approval.subjectId,
        after: { approval: approval.id, action: approval.action, note },
      })
      return ok(approval)
    })
  }

  async #may(trx: Trx, adminId: number, permission: string) {
    const admin = await Admin.find(adminId, { client: trx })
    return admin !== null && admin.may(permission as Permission)
  }
}
