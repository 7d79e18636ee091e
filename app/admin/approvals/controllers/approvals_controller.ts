import { inject } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import { Clock } from '#core/clock'
import Admin from '#staff/models/admin'
import Approval from '#staff/models/approval'
import { ApprovalDesk } from '#staff/approvals/approval_desk'
import { subjectsOf } from '#admin/audit/subjects'
import { renderList } from '#admin/shared/render_list'
import { approvalsList } from '#admin/approvals/approvals_list'

/** What waits for a second admin, and what became of it. */
@inject()
export default class ApprovalsController {
  constructor(
    private clock: Clock,
    private desk: ApprovalDesk
  ) {}

  async index(ctx: HttpContext) {
    await ctx.bouncer.authorize('permission', 'approvals.view')
    const now = this.clock.now()
    return renderList(ctx, approvalsList, 'admin/approvals/index', now, { now, subjectsOf })
  }

  async show({ auth, bouncer, params, view }: HttpContext) {
    await bouncer.authorize('permission', 'approvals.view')
    const reader = auth.getUserOrFail()
    const approval = await Approval.findOrFail(params.id)
    const needed = this.desk.permissionOf(approval.action)
    const isOwn = approval.requestedBy === reader.id
    const description = await this.desk.handlerOf(approval.action)?.describe(approval)
    const isOpen = approval.status === 'pending' && !approval.isExpired(this.clock.now())
    return view.render('admin/approvals/show', {
      approval,
      isOwn,
      isOpen,
      description,
      facts: description?.facts ?? [],
      requester: approval.requestedBy === null ? null : await Admin.find(approval.requestedBy),
      decider: approval.decidedBy === null ? null : await Admin.find(approval.decidedBy),
      mayDecide: isOpen && needed !== undefined && reader.may('approvals.decide') && reader.may(needed),
    })
  }
}
